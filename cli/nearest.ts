/** How many letters may differ for one name to be taken for another. */
const mostEdits = 3;

/** The known name that is most like a mistyped one; undefined where none is like it. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > 100) return undefined;
  const [best] = known.map((each) => ({ each, edits: editsBetween(name, each) })).sort((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.min(mostEdits, best.each.length / 2) ? best.each : undefined;
}

/** How many letters must be put in, taken out or changed to make one name of another. */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...a].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...b].entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
