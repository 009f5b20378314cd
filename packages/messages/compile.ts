import { compile } from '@inlang/paraglide-js';
import { fileURLToPath } from 'node:url';

// Paths in the inlang settings are relative to the working directory.
process.chdir(fileURLToPath(new URL('.', import.meta.url)));

await compile({
  project: './project.inlang',
  outdir: './compiled',
  strategy: ['baseLocale'],
  emitTsDeclarations: true,
  emitReadme: false,
  emitGitIgnore: false,
  emitPrettierIgnore: false,
});

// Timers of one of its dependencies would keep the process alive for half a minute.
process.exit(0);
