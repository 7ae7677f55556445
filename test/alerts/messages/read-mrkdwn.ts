/** What Slack or Teams would find in a text of mrkdwn or Markdown beyond plain text. */
export interface Markup {
  /** What stands in code spans and code blocks. */
  readonly code: readonly string[];
  /** Everything else, with bold labels at the beginning of a line taken out. */
  readonly prose: string;
}

/** Reads a text as Slack does: code first, then the rest. Throws where a code block does not end. */
export function readMrkdwn(text: string): Markup {
  const code: string[] = [];
  const withoutBlocks = text.replace(/```\n([\s\S]*?)\n```/g, (_, block: string) => {
    code.push(block);
    return '';
  });
  const prose = withoutBlocks.replace(/`([^`\n]+)`/g, (_, span: string) => {
    code.push(span);
    return '';
  });
  if (prose.includes('`')) throw new Error(`code that does not end: ${prose}`);
  return { code, prose: prose.replace(/^\*[^*\n]+\*/gm, '') };
}

/** What in a text would be more than text: formatting, mentions, links, emoji. Empty where nothing would. */
export function markupIn(text: string): readonly string[] {
  const { prose, code } = readMrkdwn(text);
  const specials = [
    /[<>]/g,
    /&(?!amp;|lt;|gt;)/g,
    /[*~]/g,
    /(?<![A-Za-z0-9])[_@#]/g,
    /\]\(/g,
    /:(?!(?:aws(?:-cn|-us-gov)?|iam|sts|kms|s3|\d{1,2}|\d{12}):)[A-Za-z0-9_+'-]+:/g,
    /:\/\//g,
    /^\s*(&gt;|[-+=]|\d+[.)]\s)/gm,
    /[\p{Cf}\u2028\u2029]/gu,
  ];
  return [
    ...specials.flatMap((special) => prose.match(special) ?? []),
    ...code.flatMap((span) => span.match(/[<>]|&(?!amp;|lt;|gt;)|[\p{Cf}\u2028\u2029]/gu) ?? []),
  ];
}
