import { locales, overwriteGetLocale } from '../compiled/runtime.js';
import { currentLocale } from './current-locale.ts';
import type { MailLocale } from './current-locale.ts';

// Both lists are the same, or this does not compile.
locales satisfies readonly MailLocale[];
overwriteGetLocale(currentLocale);

/** The messages, in the locale that `inLocale` has set. Apart from it, so that amounts need no words. */
export { m } from '../compiled/messages.js';
