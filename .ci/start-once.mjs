// The README's first command in a clone where nothing was compiled or built yet: both apps must answer, and
// Ctrl-C must end it. What it builds, the tests use.
import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

const start = spawn('npx', ['-y', 'pnpm@12.4.2', 'start'], { stdio: 'inherit', detached: true });
const ended = new Promise((resolve) => start.on('exit', resolve));
let hasEnded = false;
void ended.then(() => (hasEnded = true));

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

const deadline = Date.now() + 240_000;
let isUp = false;
while (!isUp && !hasEnded && Date.now() < deadline) {
  await wait(500);
  isUp = (await answers('http://localhost:3000/')) && (await answers('http://localhost:3001/'));
}
console.log(isUp ? 'Both apps answer.' : 'The apps did not come up.');
// Ctrl-C reaches the whole group of processes, as in a terminal.
if (!hasEnded) process.kill(-start.pid, 'SIGINT');
const code = await Promise.race([ended, wait(30_000, 'still running', { ref: false })]);
if (code === 'still running') process.kill(-start.pid, 'SIGKILL');
console.log(`It ended: ${code === null ? 'by the signal' : String(code)}.`);
process.exitCode = isUp && code !== 'still running' ? 0 : 1;
