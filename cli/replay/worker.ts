/** The thread of a replay that reads: it is built as a file of its own, and started with `CollectorOptions`. */
import { mkdirSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type CollectorOptions, createCollector, type Job, type Report } from './collector.ts';
import type { Run } from './run-writer.ts';

/** What the main thread asks: to read inputs, or to give what was found in all of them. */
export type Question = { readonly jobs: readonly Job[] } | 'finish';

/** What the thread answers, once for each question. */
export type Answer = { readonly reports: readonly Report[] } | { readonly runs: readonly Run[] };

const options = workerData as CollectorOptions;
const collector = createCollector(options, () => mkdirSync(options.folder, { recursive: true, mode: 0o700 }));

parentPort?.on('message', async (question: Question) => {
  if (question === 'finish') {
    const runs = await collector.finish();
    answer(
      { runs },
      runs.flatMap((run) => ('bytes' in run ? [run.bytes.buffer] : [])),
    );
    parentPort?.close();
    return;
  }
  const reports: Report[] = [];
  for (const job of question.jobs) reports.push(await collector.read(job));
  answer({ reports });
});

function answer(message: Answer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
