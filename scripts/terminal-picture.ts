import { type Html, ownMarkup, template, textOf } from '../cli/page/template.ts';

const escapeCharacter = String.fromCharCode(27);
// The codes that `styleText` writes: on, off, and the colours of text.
const code = new RegExp(`${escapeCharacter}\\[(\\d+)m`);
const colours: Readonly<Record<string, string>> = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 35: 'magenta', 36: 'cyan' };

const styles = `
body{margin:0;padding:28px;background:#e9ecf0;display:inline-block}
main{background:#14181d;border-radius:10px;box-shadow:0 6px 24px #1a20272e;padding:0 0 18px;}
header{display:flex;gap:7px;padding:12px 16px}
header i{width:11px;height:11px;border-radius:50%;background:#3a434d}
.screen{white-space:pre-wrap;overflow-wrap:anywhere;width:120ch;max-width:120ch;padding:2px 22px 0;color:#d7dde4;font:14px/1.5 "DejaVu Sans Mono",ui-monospace,Menlo,Consolas,monospace}
.screen div{min-height:1.5em}
.prompt{color:#8b96a2}.bold{font-weight:700;color:#fff}.dim{color:#8b96a2}
.red{color:#ff7b72}.green{color:#7ee2a8}.yellow{color:#f0c96a}.blue{color:#7cb7ff}.magenta{color:#d2a8ff}.cyan{color:#7fdbe6}
.bold.red{color:#ff7b72}
`;

const span = template<{ readonly classes: string; readonly text: string }>('<span class="<%= it.classes %>"><%= it.text %></span>');
const row = template<readonly Html[]>('<div><%= it %></div>');
const screen = template<{ readonly styles: Html; readonly command: string; readonly rows: readonly Html[] }>(
  `<!doctype html><meta charset="utf-8"><style><%= it.styles %></style><main><header><i></i><i></i><i></i></header>
<div class="screen"><div><span class="prompt">$</span> <span class="bold"><%= it.command %></span></div><%= it.rows %></div></main>`,
);

/** A terminal as a page: the command, and what it printed with its colours. */
export function terminalPage(command: string, printed: string): string {
  const on = new Set<string>();
  const rows = printed.split('\n').map((line) => row(spansOf(line, on)));
  return textOf(screen({ styles: ownMarkup(styles), command, rows }));
}

/** The pieces of a line between its codes; `on` is what is switched on, and goes on into the next line. */
function spansOf(line: string, on: Set<string>): Html[] {
  return line.split(code).flatMap((piece, index) => {
    if (index % 2 === 0) return piece === '' ? [] : [span({ classes: [...on].join(' '), text: piece })];
    turn(piece, on);
    return [];
  });
}

function turn(number: string, on: Set<string>): void {
  if (number === '1') on.add('bold');
  else if (number === '2') on.add('dim');
  else if (number === '22') for (const weight of ['bold', 'dim']) on.delete(weight);
  else if (number === '39') for (const colour of Object.values(colours)) on.delete(colour);
  else if (number === '0') on.clear();
  else on.add(colours[number] ?? '');
}
