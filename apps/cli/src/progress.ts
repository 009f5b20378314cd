/**
 * Shows how far long work has come, on one line of the terminal that is written over. Nothing is shown
 * where nobody looks: in a pipe, with `--json`.
 */
export function progress(isQuiet: boolean): { show(line: string): void; end(): void } {
  const { stderr } = process;
  if (isQuiet || !stderr.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: (line) => stderr.write(`\r\u001b[K${line}`),
    end: () => stderr.write('\r\u001b[K'),
  };
}
