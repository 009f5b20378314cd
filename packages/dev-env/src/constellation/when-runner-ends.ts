import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const lookEveryMs = 500;

/**
 * Calls `then` when a package runner above us (`npx`, `pnpm`) has ended: asked to end by SIGTERM,
 * they do not pass it on, and what they started would go on alone.
 */
export function whenRunnerEnds(then: () => void): void {
  const runners = findRunners();
  if (runners.length === 0) return;
  const timer = setInterval(() => {
    if (runners.every(isThere)) return;
    clearInterval(timer);
    then();
  }, lookEveryMs);
  timer.unref();
}

/** The runners among our ancestors, and the shells between them and us. */
function findRunners(): number[] {
  const ancestors: number[] = [];
  let runnersEnd = 0;
  for (let pid = process.ppid; pid > 1;) {
    const found = readProcess(pid);
    if (!found) break;
    ancestors.push(pid);
    if (/^(npm|npx|pnpm)/.test(found.name)) runnersEnd = ancestors.length;
    pid = found.parent;
  }
  return ancestors.slice(0, runnersEnd);
}

function readProcess(pid: number): { parent: number; name: string } | null {
  try {
    if (existsSync('/proc/self/status')) {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
      return { parent: Number(field('PPid')), name: field('Name') };
    }
    if (process.platform === 'win32') return null;
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' });
    const [, parent = '0', name = ''] = /^\s*(\d+)\s+(.*)$/m.exec(line) ?? [];
    return { parent: Number(parent), name: name.replace(/^.*\//, '') };
  } catch {
    return null;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
