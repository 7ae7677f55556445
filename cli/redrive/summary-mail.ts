import type { TopicMessage } from '../../alerts/send-to-topic.ts';
import type { SweepSummary } from '../../schemas/sweep-summary.ts';
import { visible } from '../../schemas/visible-text.ts';

/** The mail of a severe sweep: the lines that rule `SevereSweepRule` of stack/sweep.yml makes of the same summary (a test compares the two). */
export function summaryMail({ severity, summary, worst: [worst], startedAt, account }: SweepSummary, stackName: string): TopicMessage {
  const lines = [
    `Trailguard, ${severity} (sweep): ${summary}`,
    `Worst: ${worst?.kind ?? ''} ${worst?.name ?? ''}: ${worst?.findings ?? ''}: ${worst?.message ?? ''}`,
    'What to do: look at it in IAM; `trailguard sweep` lists all of them, and `trailguard rules` says what each means',
    `When: ${startedAt}, in account ${account}`,
    `The summary with the twenty worst is in the event on bus ${stackName}`,
  ];
  return { body: lines.map((line) => `"${visible(line)}"`).join('\n') };
}
