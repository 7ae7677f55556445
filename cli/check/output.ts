import { InvalidArgumentError } from 'commander';

/** The formats that `check` prints. */
export const formats = ['text', 'json', 'sarif', 'github', 'junit'] as const;

/** A format, and the file to write it to; standard output where none is named. */
export interface Output {
  readonly format: (typeof formats)[number];
  readonly file?: string;
}

/** Reads one value of `--format` (`sarif`, `sarif:out.sarif`) and adds it to those before it. */
export function addOutput(text: string, before: readonly Output[] = []): Output[] {
  const [, name = text, file] = /^([^:]*):(.+)$/s.exec(text) ?? [];
  const format = formats.find((known) => known === name);
  if (!format) throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}, each with :FILE to write it to a file.`);
  if (before.some((other) => other.file === file)) {
    throw new InvalidArgumentError(
      file === undefined
        ? 'Only one format can go to standard output: write the others to files, as in sarif:out.sarif.'
        : 'Two formats for one file.',
    );
  }
  return [...before, file === undefined ? { format } : { format, file }];
}
