import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnBothDatabases } from '@onfile/dev-env/test-database.ts';
import { addStaff } from '../src/add-staff.ts';
import type { StaffAuth } from '../src/staff-auth.ts';
import { openStaffAuth } from '../src/staff-auth.ts';
import type { AuthFixture } from './auth-fixture.ts';
import { openAuthFixture } from './auth-fixture.ts';
import type { BrowserStandIn } from './browser-stand-in.ts';
import { openBrowser } from './browser-stand-in.ts';
import { totpCode } from './totp-code.ts';

const password = 'long enough to pass';
const origin = 'http://localhost:3001';

describeOnBothDatabases('the second factor of staff', (dialect) => {
  let fixture: AuthFixture;
  let auth: StaffAuth;

  beforeAll(async () => {
    fixture = await openAuthFixture(dialect);
    auth = openStaffAuth(fixture.runtime, { rateLimit: false });
  });
  afterAll(() => fixture.close());

  async function signIn(email: string): Promise<BrowserStandIn> {
    const browser = openBrowser(auth.handler, origin);
    const answer = await browser.post('/sign-in/email', { email, password });
    expect(answer.status).toBe(200);
    return browser;
  }

  async function enrol(email: string) {
    await addStaff(fixture.runtime, { email, name: 'Olu', password, role: 'charger' });
    const browser = await signIn(email);
    const answer = await browser.post('/two-factor/enable', { password });
    const enrolment = (await answer.json()) as { totpURI: string; backupCodes: string[] };
    const verified = await browser.post('/two-factor/verify-totp', {
      code: totpCode(enrolment.totpURI),
    });
    expect(verified.status).toBe(200);
    return { browser, ...enrolment };
  }

  it('marks the session that enrols as one with a second factor', async () => {
    const { browser, totpURI } = await enrol('enrols@example.com');
    expect(totpURI).toMatch(/^otpauth:\/\/totp\//);
    expect(await auth.findStaff(browser.headers())).toMatchObject({
      secondFactor: true,
      secondFactorEnrolled: true,
    });
  });

  it('is not enrolled before a first code was right', async () => {
    const email = 'half@example.com';
    await addStaff(fixture.runtime, { email, name: 'H', password, role: 'owner' });
    const browser = await signIn(email);
    await browser.post('/two-factor/enable', { password });
    const wrong = await browser.post('/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    expect(await auth.findStaff(browser.headers())).toMatchObject({
      secondFactor: false,
      secondFactorEnrolled: false,
    });
    expect(await auth.findStaff((await signIn(email)).headers())).not.toBeNull();
  });

  it('asks for the code at the next sign-in and opens no session before it', async () => {
    const { totpURI } = await enrol('code@example.com');
    const browser = await signIn('code@example.com');
    expect(await auth.findStaff(browser.headers())).toBeNull();
    const wrong = await browser.post('/two-factor/verify-totp', { code: '000000' });
    expect(wrong.status).toBe(401);
    await browser.post('/two-factor/verify-totp', { code: totpCode(totpURI) });
    expect(await auth.findStaff(browser.headers())).toMatchObject({ secondFactor: true });
  });

  it('takes a backup code once', async () => {
    const { backupCodes } = await enrol('backup@example.com');
    const [code] = backupCodes;
    const first = await signIn('backup@example.com');
    await first.post('/two-factor/verify-backup-code', { code });
    expect(await auth.findStaff(first.headers())).toMatchObject({ secondFactor: true });
    const second = await signIn('backup@example.com');
    const again = await second.post('/two-factor/verify-backup-code', { code });
    expect(again.status).toBe(401);
    expect(await auth.findStaff(second.headers())).toBeNull();
  });

  it('ends the sessions that were open before the enrolment', async () => {
    const email = 'elsewhere@example.com';
    await addStaff(fixture.runtime, { email, name: 'E', password, role: 'owner' });
    const elsewhere = await signIn(email);
    expect(await auth.findStaff(elsewhere.headers())).not.toBeNull();
    await enrol(email);
    expect(await auth.findStaff(elsewhere.headers())).toBeNull();
    const rows = await fixture.runtime.db
      .withoutPlugins()
      .withTables<{
        staff_session: { userId: string; secondFactor: unknown };
        staff_user: { id: string; email: string };
      }>()
      .selectFrom('staff_session')
      .innerJoin('staff_user as user', 'user.id', 'staff_session.userId')
      .select('secondFactor')
      .where('user.email', '=', email)
      .execute();
    expect(rows).toHaveLength(1);
  });

  it('trusts no device to do without it', async () => {
    const { totpURI } = await enrol('device@example.com');
    const browser = await signIn('device@example.com');
    const body = { code: totpCode(totpURI), trustDevice: true };
    expect((await browser.post('/two-factor/verify-totp', body)).status).toBe(400);
    expect(await auth.findStaff(browser.headers())).toBeNull();
  });

  it('cannot be claimed by input at sign-in', async () => {
    const email = 'claims@example.com';
    await addStaff(fixture.runtime, { email, name: 'C', password, role: 'viewer' });
    const browser = openBrowser(auth.handler, origin);
    const body = { email, password, secondFactor: true, role: 'owner' };
    await browser.post('/sign-in/email', body);
    expect(await auth.findStaff(browser.headers())).toMatchObject({
      role: 'viewer',
      secondFactor: false,
    });
  });
});
