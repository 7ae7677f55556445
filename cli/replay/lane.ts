import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { installedWorker } from '../installed.ts';
import { type CollectorOptions, createCollector, type Job, type Report } from './collector.ts';
import type { Run } from './run-writer.ts';
import type { Answer, Question } from './worker.ts';

/** Something that reads inputs, one batch after the other. */
export interface Lane {
  read(jobs: readonly Job[], onReport: (report: Report) => void): Promise<void>;
  /** The changes of all that was read. */
  finish(): Promise<readonly Run[]>;
  /** Ends at once what may still go on. */
  end(): Promise<void>;
}

/** A lane in this thread. It lets others have their turn between two inputs. */
export function createOwnLane(options: CollectorOptions, makeFolder: () => void): Lane {
  const collector = createCollector(options, makeFolder);
  return {
    async read(jobs, onReport) {
      for (const job of jobs) {
        onReport(await collector.read(job));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    finish: () => collector.finish(),
    end: async () => {},
  };
}

/** A lane in a thread of its own. */
export function createWorkerLane(options: CollectorOptions): Lane {
  const worker = new Worker(installedWorker(), { workerData: options, resourceLimits: { maxYoungGenerationSizeMb: 4 } });
  const ask = async (question: Question, transfer: readonly ArrayBuffer[] = []): Promise<Answer> => {
    worker.postMessage(question, transfer);
    const [answer]: [Answer] = await (once(worker, 'message') as Promise<[Answer]>);
    return answer;
  };
  return {
    async read(jobs, onReport) {
      const answer = await ask(
        { jobs },
        jobs.flatMap((job) => ('bytes' in job ? ownBuffer(job.bytes) : [])),
      );
      if ('reports' in answer) for (const report of answer.reports) onReport(report);
    },
    async finish() {
      const answer = await ask('finish');
      return 'runs' in answer ? answer.runs : [];
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** What can be handed over rather than copied: small buffers of Node share theirs with others. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer[] {
  return bytes.buffer instanceof ArrayBuffer && bytes.length === bytes.buffer.byteLength ? [bytes.buffer] : [];
}
