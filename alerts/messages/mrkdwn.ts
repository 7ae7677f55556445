import { visible } from '../../schemas/visible-text.ts';
import { fitText } from './fit-text.ts';

/** The only three that Slack reads back, and Markdown reads them too. */
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Neither Slack's mrkdwn nor what it has in common with Markdown (Amazon Q writes to Slack and to Teams) can escape these, so that a
 * character that looks alike takes their place.
 */
const lookAlikes: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\*/g, '∗'],
  [/`/g, 'ˋ'],
  [/~/g, '∼'],
  [/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '＿'],
  // A mention or a channel begins a word; an e-mail address does not.
  [/(?<![A-Za-z0-9])@/g, '＠'],
  [/(?<![A-Za-z0-9])#/g, '＃'],
  [/\]\(/g, '] ('],
  // A quotation, a list, a line across: each begins a line.
  [/^\s*>/, '＞'],
  [/^\s*-/, '‐'],
  [/^\s*\+/, '＋'],
  [/^\s*=/, '＝'],
  [/^(\s*\d+)[.)](?=\s)/, '$1․'],
  // `:smile:`, but not the parts of an ARN, which people copy, nor of a time.
  [/:(?!(?:aws(?:-cn|-us-gov)?|iam|sts|kms|s3|\d{1,2}|\d{12}):)(?=[A-Za-z0-9_+'-]+:)/g, '∶'],
  [/:\/\//g, '[:]//'],
];

/** Foreign text in a sentence of a chat message, as text: it formats nothing, mentions nobody and links nowhere. */
export function prose(text: string, limit: number): string {
  const shown = lookAlikes.reduce((said, [pattern, instead]) => said.replace(pattern, instead), visible(text.slice(0, limit + 1)));
  return unlessBlank(fitText(shown, limit, entity));
}

/** Foreign text to be read or copied exactly, but for grave accents: nothing is formatted in a code span. */
export function code(text: string, limit: number): string {
  return `\`${unlessBlank(fitText(exact(text, limit), limit - 2, entity).trim())}\``;
}

/** Foreign lines to be read or copied exactly, but for grave accents. */
export function codeBlock(text: string, limit: number): string {
  const fences = '```\n\n```'.length;
  const lines = text.slice(0, limit + 1).split(/\r\n|\r|\n/);
  const shown = lines.map((each) => exact(each.replaceAll('\t', '  '), limit)).join('\n');
  return `\`\`\`\n${unlessBlank(fitText(shown, limit - fences, entity))}\n\`\`\``;
}

function exact(text: string, limit: number): string {
  return visible(text.slice(0, limit + 1)).replaceAll('`', 'ˋ');
}

/** A chat refuses a text of nothing. */
function unlessBlank(text: string): string {
  return /\S/.test(text) ? text : '(none)';
}

function entity(character: string): string {
  return entities[character] ?? character;
}
