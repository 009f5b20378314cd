/** The one language so far; the request decides as soon as there is a second. */
export const locale = 'en';
