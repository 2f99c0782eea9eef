/** Columns are not made narrower than this. */
const narrowest = 8;

/**
 * Rows of text in aligned columns under their headings, with a line between. Columns of numbers stand to the right. Where a row
 * would be wider than `width`, the widest columns of text are cut, with an ellipsis at the end of what does not fit.
 */
export function table(
  headings: readonly string[],
  rows: readonly string[][],
  rightAligned: ReadonlySet<string>,
  width = Infinity,
): string {
  const isText = headings.map((heading) => !rightAligned.has(heading));
  const natural = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const widths = narrowed(natural, isText, width);
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => aligned(cell, widths[column] ?? 0, isText[column] ?? true))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((each) => '─'.repeat(each))), ...rows.map(line)].join('\n');
}

/** The widths of columns, of which the widest of text gives way until all of them stand in `width` or none can. */
function narrowed(natural: readonly number[], isText: readonly boolean[], width: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, each) => sum + each + 2, -2);
  while (total() > width) {
    const widest = Math.max(...widths.filter((_, column) => isText[column]));
    if (widest <= narrowest) break;
    const column = widths.findIndex((each, index) => isText[index] === true && each === widest);
    widths[column] = widest - 1;
  }
  return widths;
}

function aligned(cell: string, width: number, isText: boolean): string {
  const cut = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
  return isText ? cut.padEnd(width) : cut.padStart(width);
}

/**
 * The text with each line broken between words so that it is no longer than `width`; what is broken off stands four characters
 * further in. A word that is longer than a line stays whole.
 */
export function fold(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => foldLine(line, width))
    .join('\n');
}

function foldLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const margin = ' '.repeat((/^ */.exec(line)?.[0].length ?? 0) + 4);
  const folded: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const start = /^ */.exec(rest)?.[0].length ?? 0;
    const before = rest.lastIndexOf(' ', width);
    const at = before > start ? before : rest.indexOf(' ', start);
    if (at < 0) break;
    folded.push(rest.slice(0, at).trimEnd());
    rest = margin + rest.slice(at).trimStart();
  }
  return [...folded, rest].join('\n');
}

/** Elapsed time for people: `4:05` (minutes and seconds), `3:04:05`, `2 d 03:04:05`. Nothing for what never happened. */
export function elapsed(from: string, to: string | null): string {
  if (to === null) return '';
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000));
  const days = Math.floor(seconds / 86_400);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hour, minute, second] = [Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
  if (days > 0) return `${days} d ${two(hour)}:${two(minute)}:${two(second)}`;
  return hour > 0 ? `${hour}:${two(minute)}:${two(second)}` : `${minute}:${two(second)}`;
}
