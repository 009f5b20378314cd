import { join } from 'node:path';
import { z } from 'zod';
import type { DatabaseLocation } from '@onfile/db/connect.ts';
import type { StripeMode } from '@onfile/db/database.ts';
import type { CaptchaSettings } from './limits/captcha-settings.ts';
import { parseCaptcha } from './limits/captcha-settings.ts';
import type { ObservabilitySettings } from './observability/observability-settings.ts';
import { observabilityOf, observabilityVariables } from './observability/observability-settings.ts';
import { parseStripeSettings } from './stripe/stripe-settings.ts';

export interface StripeSettings {
  mode: StripeMode;
  secretKey: string;
  publishableKey: string;
  /** Of the webhook endpoint; several while a secret is being rolled. */
  webhookSecrets: string[];
  /** Which account the key is of, where the key itself may not ask; null: Stripe is asked. */
  accountId: string | null;
  /** A sandbox on loopback in place of Stripe; null for the real one. */
  apiBase: URL | null;
  /** Under whose limits calls are paced: those of live keys or of test keys, or none (a sandbox). */
  rateLimits: 'live' | 'test' | 'off';
}

/** Stripe's names of the three ways (`ui_mode`). */
export type CheckoutWay = 'hosted_page' | 'embedded_page' | 'elements';

/** Validated configuration: every variable that any process reads is declared in this file. */
export interface Settings {
  stripe: StripeSettings;
  database: DatabaseLocation;
  dataDir: string;
  storefrontOrigin: string;
  adminOrigin: string;
  authSecret: string;
  shopName: string;
  /** The shop's own, by which days are counted: an IANA name. */
  timeZone: string;
  /** Whether holds are asked to last longer than usual, which costs more at some networks. */
  extendedHolds: boolean;
  /** So many days before a charge its shopper is told of it; 0: not at all, but for debits. */
  upcomingChargeDays: number;
  /** So many hours before a bank lets a hold go, staff are told. */
  holdAlertHours: number[];
  /** So many days after an event was handled its payload is reduced to what a replay needs. */
  eventPayloadDays: number;
  /** Where payment details are given: on Stripe's own page, in one within ours, or in our form. */
  checkoutWay: CheckoutWay;
  /** Whether bank accounts may be saved beside cards, where the currency has them. */
  bankDebits: boolean;
  /** Whether shoppers are also led to Stripe's own page for their payment methods. */
  customerPortal: boolean;
  /** Whether a saved method may be removed on Stripe's own page (a setting of each Session). */
  removeInCheckout: boolean;
  /**
   * What new customers are at Stripe: Customers, or Accounts v2, with the version that the account's
   * access to them is for; null: the SDK's own.
   */
  customers: { model: 'customers' | 'accounts_v2'; accountsVersion: string | null };
  /** `smtpUrl` null: mails are kept and shown in the admin. `staffAddress`: where the shop is told. */
  mail: { smtpUrl: string | null; from: string; staffAddress: string };
  /** How many people may share one IP address: multiplies what is allowed from each. */
  limits: { ipFactor: number };
  /** Null: nobody is asked whether they are a person. */
  captcha: CaptchaSettings | null;
  observability: ObservabilitySettings;
  /** Largest amount staff may charge at once, in the currency's major unit. */
  maxChargeMajor: number;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Moves the clock; refused with live keys. */
  clockOffsetMs: number;
}

/** A configuration mistake, as one sentence a variable. */
export class SettingsError extends Error {
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.name = 'SettingsError';
  }
}

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an origin such as https://shop.example.com' })
  .transform((value) => new URL(value).origin);

const shape = z.object({
  ONFILE_DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must start with postgres://')
    .optional(),
  STOREFRONT_ORIGIN: origin.default('http://localhost:3000'),
  ADMIN_ORIGIN: origin.default('http://localhost:3001'),
  ONFILE_AUTH_SECRET: z
    .string({ error: 'is missing: set at least 32 random characters' })
    .min(32, 'must have at least 32 characters'),
  SHOP_NAME: z.string().trim().min(1).max(60).default('Onfile demo shop'),
  ONFILE_CUSTOMER_MODEL: z
    .enum(['customers', 'accounts_v2'], 'must be customers or accounts_v2')
    .default('customers'),
  STRIPE_ACCOUNTS_VERSION: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}\.[a-z]+$/, 'must look like 2026-05-27.preview')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must look like smtp://user:password@mail.example.com:587')
    .optional(),
  MAIL_FROM: z.string().trim().min(3).max(200).default('shop@onfile.example'),
  SHOP_EMAIL: z.email('must be an e-mail address').default('staff@onfile.example'),
  SHOP_TIME_ZONE: z
    .string()
    .refine((name) => Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC', {
      error: 'must be a time zone such as Europe/Berlin',
    })
    .default('UTC'),
  ONFILE_CHECKOUT_WAY: z
    .enum(
      ['hosted_page', 'embedded_page', 'elements'],
      'must be hosted_page, embedded_page or elements',
    )
    .default('embedded_page'),
  ONFILE_BANK_DEBITS: z.stringbool('must be true or false').default(true),
  ONFILE_CUSTOMER_PORTAL: z.stringbool('must be true or false').default(false),
  ONFILE_IP_LIMIT_FACTOR: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(1_000)
    .default(1),
  CAPTCHA_VERIFY_URL: z.url({ protocol: /^https?$/, error: 'must be a URL' }).optional(),
  CAPTCHA_SECRET: z.string().optional(),
  CAPTCHA_SITE_KEY: z.string().optional(),
  CAPTCHA_SCRIPT_URL: z.url({ protocol: /^https?$/, error: 'must be a URL' }).optional(),
  ONFILE_REMOVE_IN_CHECKOUT: z.stringbool('must be true or false').default(true),
  HOLD_ALERT_HOURS: z
    .string()
    .regex(/^\d{1,3}(?:,\d{1,3}){0,4}$/, 'must look like 48,12: hours, five at most')
    .default('48,12'),
  ONFILE_EXTENDED_HOLDS: z.stringbool('must be true or false').default(false),
  UPCOMING_CHARGE_DAYS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0)
    .max(30)
    .default(3),
  EVENT_PAYLOAD_DAYS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(3_650)
    .default(30),
  MAX_CHARGE: z.coerce.number('must be a number').positive().max(999_999).default(10_000),
  ...observabilityVariables,
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ONFILE_CLOCK_OFFSET_MS: z.coerce.number('must be a number').int().default(0),
});

/**
 * Reads the environment once, at start.
 * @throws SettingsError with a sentence that names each missing or malformed variable
 */
export function parseSettings(env: Record<string, string | undefined>): Settings {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(present);
  const stripe = parseStripeSettings(present);
  const sentences = [
    ...stripe.sentences,
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}.`),
  ];
  const captcha = parseCaptcha(parsed.data ?? {});
  sentences.push(...captcha.problems);
  if (parsed.data) sentences.push(...originProblems(parsed.data, stripe.settings?.mode));
  if (parsed.data?.ONFILE_CLOCK_OFFSET_MS && stripe.settings?.mode === 'live') {
    sentences.push('ONFILE_CLOCK_OFFSET_MS must not be set with live Stripe keys.');
  }
  if (!parsed.success || !stripe.settings || sentences.length > 0)
    throw new SettingsError(sentences);
  const values = parsed.data;
  return {
    stripe: stripe.settings,
    database: values.DATABASE_URL
      ? { kind: 'postgres', url: values.DATABASE_URL }
      : { kind: 'sqlite', file: join(values.ONFILE_DATA_DIR, 'onfile.sqlite') },
    dataDir: values.ONFILE_DATA_DIR,
    storefrontOrigin: values.STOREFRONT_ORIGIN,
    adminOrigin: values.ADMIN_ORIGIN,
    authSecret: values.ONFILE_AUTH_SECRET,
    shopName: values.SHOP_NAME,
    timeZone: values.SHOP_TIME_ZONE,
    checkoutWay: values.ONFILE_CHECKOUT_WAY,
    bankDebits: values.ONFILE_BANK_DEBITS,
    customerPortal: values.ONFILE_CUSTOMER_PORTAL,
    removeInCheckout: values.ONFILE_REMOVE_IN_CHECKOUT,
    customers: {
      model: values.ONFILE_CUSTOMER_MODEL,
      accountsVersion: values.STRIPE_ACCOUNTS_VERSION ?? null,
    },
    mail: {
      smtpUrl: values.SMTP_URL ?? null,
      from: values.MAIL_FROM,
      staffAddress: values.SHOP_EMAIL,
    },
    limits: { ipFactor: values.ONFILE_IP_LIMIT_FACTOR },
    captcha: captcha.captcha,
    observability: observabilityOf(values),
    holdAlertHours: values.HOLD_ALERT_HOURS.split(',').map(Number),
    extendedHolds: values.ONFILE_EXTENDED_HOLDS,
    upcomingChargeDays: values.UPCOMING_CHARGE_DAYS,
    eventPayloadDays: values.EVENT_PAYLOAD_DAYS,
    maxChargeMajor: values.MAX_CHARGE,
    logLevel: values.LOG_LEVEL,
    clockOffsetMs: values.ONFILE_CLOCK_OFFSET_MS,
  };
}

/** With live keys cookies must be Secure, which plain http gives on loopback only. */
function originProblems(
  values: { STOREFRONT_ORIGIN: string; ADMIN_ORIGIN: string },
  mode: StripeMode | undefined,
): string[] {
  const problems: string[] = [];
  if (values.STOREFRONT_ORIGIN === values.ADMIN_ORIGIN) {
    problems.push(
      'STOREFRONT_ORIGIN and ADMIN_ORIGIN must differ: staff have an app of their own.',
    );
  }
  for (const name of ['STOREFRONT_ORIGIN', 'ADMIN_ORIGIN'] as const) {
    const { protocol, hostname } = new URL(values[name]);
    const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (mode === 'live' && protocol !== 'https:' && !isLoopback) {
      problems.push(`${name} must start with https:// when the Stripe keys are live.`);
    }
  }
  return problems;
}
