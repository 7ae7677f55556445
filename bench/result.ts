/** One thing measured. `limit` is the most that it may be, in the same unit; a result without one is only shown. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: 'x' | 'ms' | 's' | 'MB';
  readonly limit?: number;
}

/** True where a result is over its limit, or is no number. */
export function isOver({ value, limit }: Result): boolean {
  return limit !== undefined && !(value <= limit);
}

/** Results as a Markdown table. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.map(
    (result) =>
      `| ${result.name} | ${shown(result.value)} ${result.unit} | ${result.limit === undefined ? '' : `${result.limit} ${result.unit}`} | ${isOver(result) ? '**over**' : ''} |`,
  );
  return ['| measured | result | limit | |', '| --- | ---: | ---: | --- |', ...rows].join('\n');
}

/** Two digits that matter, and no more than one after the point from ten on. */
export function shown(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0);
}
