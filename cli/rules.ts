import { rules } from '../analyzers/registry.ts';
import { controlIds, type Rule } from '../analyzers/rule.ts';
import { visible } from '../schemas/visible-text.ts';
import type { ExitStatus } from './exit-status.ts';
import { gridRow, labelled, paragraph, pasteable } from './layout.ts';
import { nearest } from './nearest.ts';
import { createPaint, type Paint } from './paint.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const widest = 120;
const labelWidth = 8;
const severityWidth = 8;
/** With less room titles stand on lines of their own. */
const narrowestTitle = 24;
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
  if (rule === undefined) {
    const meant = nearest(
      id,
      rules.map((known) => known.id),
    );
    const way = meant === undefined ? '`trailguard rules` lists them' : `did you mean \`${meant}\`? (\`trailguard rules\` lists them)`;
    throw new UsageError(`no rule \`${visible(id)}\`: ${way}`);
  }
  terminal.out(explanation(rule, width, paint));
  return 0;
}

function list(width: number, paint: Paint): string {
  const idWidth = Math.max(...rules.map(({ id }) => id.length));
  const titleWidth = width - idWidth - severityWidth - 2 * 2;
  const columns = [
    { name: 'id', width: idWidth },
    { name: 'severity', width: severityWidth },
    { name: 'title', width: titleWidth },
  ];
  return rules
    .map(({ id, severity, title, optIn }) => {
      const words = optIn ? `${title} (off by default)` : title;
      if (titleWidth < narrowestTitle) return `${id}  ${paint.verdict(severity)}\n  ${paragraph(words, width, 2)}`;
      return gridRow(columns, { id, severity: paint.verdict(severity), title: words });
    })
    .join('\n');
}

function explanation(rule: Rule, width: number, paint: Paint): string {
  const part = (label: string, text: string) => labelled(label.padEnd(labelWidth), text, { indent: 0, width }, paint.dim);
  return [
    `${paint.bold(rule.id)}  ${paint.verdict(rule.severity)}`,
    paragraph(rule.title, width),
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
