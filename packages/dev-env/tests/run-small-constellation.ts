import { startConstellation } from '../src/constellation.ts';
import { runUntilSignal } from '../src/constellation/run-until-signal.ts';

// A constellation without the apps, as a process that the story can end in every way.
await runUntilSignal(async (onGroup) => {
  const onfile = await startConstellation({
    children: ['sandbox', 'worker'],
    dataDir: process.env['ONFILE_DATA_DIR'] ?? '',
    build: false,
    onGroup,
  });
  console.log(`sandbox=${onfile.sandboxUrl} worker=${onfile.pid('worker')}`);
  return onfile;
});
