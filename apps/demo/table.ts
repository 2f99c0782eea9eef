/** Rows of text in aligned columns under their headings, with a line between. Columns of numbers stand to the right. */
export function table(
  headings: readonly string[],
  rows: readonly string[][],
  rightAligned: ReadonlySet<string>,
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rightAligned.has(headings[column] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
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
