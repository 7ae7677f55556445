import { writeFile } from 'node:fs/promises';
import { visible } from '../../schemas/visible-text.ts';
import { faultOf } from '../../trails/list-files.ts';
import { createPaint } from '../paint.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { githubReport } from './formats/github.ts';
import { jsonReport } from './formats/json.ts';
import { junitReport } from './formats/junit.ts';
import { sarifReport } from './formats/sarif.ts';
import { type Look, textReport } from './formats/text.ts';
import type { Output } from './output.ts';
import type { Report } from './report.ts';

const writers: Readonly<Record<Output['format'], (report: Report, look: Look) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
  github: githubReport,
  junit: junitReport,
};

/** Widths of files, which nobody resizes. */
const fileColumns = 120;

/** Prints a report, or writes it to files. Throws a `UsageError` that names a file which could not be written. */
export async function write(report: Report, outputs: readonly Output[], look: Look, terminal: Terminal): Promise<void> {
  for (const { format, file } of outputs) {
    if (file === undefined) {
      const text = writers[format](report, look);
      if (text !== '') terminal.out(text);
      continue;
    }
    const text = writers[format](report, { ...look, columns: fileColumns, paint: createPaint(false) });
    try {
      await writeFile(file, `${text}\n`);
    } catch (error) {
      throw new UsageError(`--format \`${format}:${visible(file)}\`: ${faultOf(error)}`);
    }
  }
}
