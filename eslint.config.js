import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const root = fileURLToPath(new URL('.', import.meta.url));

/** The house's limits: a file that outgrows them has a second use case in it. */
const sizes = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
};

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/build/',
    '**/.svelte-kit/',
    '**/compiled/',
    '**/test-results/',
    '**/playwright-report/',
    'data/',
    '.cache/',
  ]),
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.node },
      // The same for every file: the type service starts over whenever it changes.
      parserOptions: {
        projectService: true,
        tsconfigRootDir: root,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      ...sizes,
      eqeqeq: 'error',
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Kysely's and tRPC's interfaces ask for functions that return promises without awaiting.
      '@typescript-eslint/require-await': 'off',
      // Methods here belong to closures, not to classes: they may be taken off their object.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: ts.parser },
    },
    rules: {
      // Links here are plain paths of our own apps; both are served from the root.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.test.ts', '**/tests/**', 'e2e/**', 'bench/**', 'faults/**'],
    rules: {
      'max-lines-per-function': 'off',
      // Playwright reads from a fixture's pattern which others it needs: some need none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
  {
    // Scripts for the browser, in a project of their own beside the server's.
    files: ['packages/stripe-sandbox/src/stripe-js/**', 'packages/stripe-sandbox/src/*/browser/**'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: false,
        project: 'packages/stripe-sandbox/tsconfig.browser.json',
      },
    },
  },
  {
    // Configuration of tools, which belongs to no package's type-check.
    files: ['**/*.js', '**/*.config.ts', 'vitest.workspace.ts', 'packages/messages/*.ts'],
    extends: [ts.configs.disableTypeChecked],
  },
  // Run by whatever Node there is, before anything is installed: no project of TypeScript's.
  { files: ['.ci/*.mjs'], ...ts.configs.disableTypeChecked },
);
