/** A command line that someone might type, and what it is for where that is not plain. */
export type Example = readonly [command: string, purpose?: string];

const widest = 80;

/**
 * The examples that stand below the help of a subcommand, and what is to be said after them. Purposes stand in a column where all
 * fit into 80 columns so, else each above its command, so that every command can be pasted as it stands.
 */
export function examplesHelp(examples: readonly Example[], after = ''): string {
  const column = Math.max(...examples.map(([command]) => command.length)) + 4;
  const fits = examples.every(([, purpose = '']) => column + purpose.length <= widest);
  const lines = examples.flatMap(([command, purpose = '']) => {
    if (purpose === '') return [`  ${command}`];
    return fits ? [`  ${command.padEnd(column - 2)}${purpose}`] : [`  # ${purpose}`, `  ${command}`];
  });
  return ['', 'Examples:', ...lines, ...(after === '' ? [] : ['', after])].join('\n');
}
