/** What can be chosen for the end of a hold. */
export const holdEnds = ['release', 'capture', 'renew'] as const;
