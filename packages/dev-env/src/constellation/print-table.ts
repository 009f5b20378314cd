import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';

/** Prints rows under each other, their first cells in one column. */
export function printTable(title: string, rows: [label: string, ...cells: string[]][]): void {
  const widths = rows.reduce<number[]>(
    (kept, row) => row.map((cell, i) => Math.max(kept[i] ?? 0, widthOf(cell))),
    [],
  );
  const line = (row: string[]): string =>
    row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell))).join('   ');
  console.log(`\n  ${colors.bold(title)}\n`);
  for (const [label, ...cells] of rows) {
    console.log(
      `  ${line([label, ...cells])
        .trimEnd()
        .replace(label, colors.dim(label))}`,
    );
  }
  console.log('');
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
