import { rules } from '../analyzers/registry.ts';
import { controlIds, type Rule } from '../analyzers/rule.ts';
import { visible } from '../schemas/visible-text.ts';
import type { ExitStatus } from './exit-status.ts';
import { gridRow, labelled, pasteable } from './layout.ts';
import { createPaint, type Paint } from './paint.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const widest = 120;
const labelWidth = 8;
const linkIndent = labelWidth + 2;

/** Lists the rules, or explains the one with this id. */
export async function runRules(id: string | undefined, options: { readonly colour: boolean }, terminal: Terminal): Promise<ExitStatus> {
  const paint = createPaint(options.colour);
  const width = Math.min(widest, terminal.columns);
  if (id === undefined) {
    terminal.out(list(width, paint));
    return 0;
  }
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) throw new UsageError(`no rule \`${visible(id)}\`: \`trailguard rules\` lists them`);
  terminal.out(explanation(rule, width, paint));
  return 0;
}

function list(width: number, paint: Paint): string {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const columns = [
    { name: 'id', width: idWidth },
    { name: 'severity', width: 8 },
    { name: 'title', width: Math.max(20, width - idWidth - 8 - 2 * 2) },
  ];
  return rules
    .map(({ id, severity, title, optIn }) =>
      gridRow(columns, { id, severity: paint.verdict(severity), title: optIn ? `${title} (off by default)` : title }),
    )
    .join('\n');
}

function explanation(rule: Rule, width: number, paint: Paint): string {
  const part = (label: string, text: string) => labelled(label.padEnd(labelWidth), text, { indent: 0, width }, paint.dim);
  return [
    `${paint.bold(rule.id)}  ${paint.verdict(rule.severity)}`,
    rule.title,
    ...(rule.optIn ? [`off by default; to run it, have { "rules": { "${rule.id}": { "enabled": true } } } in the configuration`] : []),
    '',
    part('why', rule.rationale),
    part('do', rule.remediation.summary),
    pasteable(rule.remediation.url, linkIndent),
    part('controls', controlIds(rule.controls).join(', ') || 'none'),
    paint.dim('see'),
    ...rule.references.map((reference) => pasteable(reference, linkIndent)),
  ].join('\n');
}
