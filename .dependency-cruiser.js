/**
 * Who may import whom: the table of ARCHITECTURE.md. A package may import itself and what its
 * line lists; tests may besides use the development environment and whatever it starts.
 */
const mayImport = {
  'apps/storefront': ['packages/api', 'packages/ui', 'packages/messages', 'packages/auth'],
  'apps/admin': ['packages/api', 'packages/ui', 'packages/messages', 'packages/auth'],
  'apps/worker': ['packages/payments'],
  'apps/cli': [
    'packages/payments',
    'packages/db/src/migrate',
    'packages/auth/src/(add-staff|migrate-auth|staff-role|erase-shopper|read-login)',
  ],
  'packages/api': ['packages/payments', 'packages/db/src/views', 'packages/messages'],
  'packages/auth': [
    'packages/db',
    'packages/payments/src/(customers|limits|mail)',
    'packages/payments/src/(refusal|runtime|settings)',
  ],
  'packages/payments': ['packages/db', 'packages/messages'],
  'packages/db': [],
  'packages/ui': [],
  'packages/messages': [],
  'packages/stripe-sandbox': [],
};

/** Apps may open the runtime and receive Stripe's events, in files that only the server sees. */
const runtimeOfApps =
  'packages/payments/src/(runtime|process-runtime|webhooks/(take|answer)-delivery)';
const serverFilesOfApps =
  '^apps/(storefront|admin)/src/(main[.]ts|hooks[.]server|env|lib/server/|.*[+]server[.]|.*[.]server[.])';

/** Tests, and the configuration of their runner, may use the development environment. */
const tests = '([.]test[.]ts$|/tests/|/vitest[.]config[.]ts$)';
const own = '^(apps|packages)/';

const directions = Object.entries(mayImport).map(([folder, targets]) => {
  const isApp = /^apps\/(storefront|admin)$/.test(folder);
  const allowed = [folder, ...targets, ...(isApp ? [runtimeOfApps] : [])];
  return {
    name: `what-${folder.replace('/', '-')}-may-import`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: tests },
    to: { path: own, pathNot: allowed.map((target) => `^${target}`) },
  };
});

export default {
  forbidden: [
    ...directions,
    {
      name: 'browser-code-opens-no-runtime',
      severity: 'error',
      from: { path: '^apps/(storefront|admin)/', pathNot: [serverFilesOfApps, tests] },
      to: { path: '^packages/payments/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'each-app-mounts-its-own-router',
      comment: 'so that staff procedures cannot even be named from the shop',
      severity: 'error',
      from: { path: '^apps/storefront/' },
      to: { path: '^packages/api/src/admin/' },
    },
    {
      name: 'admin-mounts-no-storefront-procedures',
      severity: 'error',
      from: { path: '^apps/admin/' },
      to: { path: '^packages/api/src/storefront/' },
    },
    {
      name: 'api-knows-neither-stripe-nor-tables',
      severity: 'error',
      from: { path: '^packages/api/src/', pathNot: tests },
      to: { path: ['node_modules/stripe/', '^packages/db/src/tables/'] },
    },
    {
      name: 'payments-knows-no-page-and-no-transport',
      severity: 'error',
      from: { path: '^packages/payments/' },
      to: { path: 'node_modules/(svelte|@sveltejs|@trpc)/' },
    },
    {
      name: 'sandbox-imports-only-types-of-stripe',
      comment: 'or it would agree with us by construction',
      severity: 'error',
      from: { path: '^packages/stripe-sandbox/src/', pathNot: tests },
      to: {
        path: 'node_modules/(stripe|@stripe/stripe-js)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: own },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every-import-is-found',
      severity: 'error',
      from: { path: own },
      to: { couldNotResolve: true, pathNot: ['^[$]app/', '[$]types'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(build|\\.svelte-kit|compiled)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts', '.css'],
    },
    skipAnalysisNotInRules: true,
  },
};
