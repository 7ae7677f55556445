/**
 * Takes the pictures of docs/pictures: what the command prints, and the pages that it writes, on the examples. Needs `npm run build` and
 * Chromium (CHROMIUM_PATH, /usr/bin/chromium where that is not set). Run it with `tsx scripts/take-pictures.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { terminalPage } from './terminal-picture.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const pictures = join(root, 'docs/pictures');
const built = join(root, 'dist/trailguard.js');
const largest = 200_000;
const scratch = mkdtempSync(join(tmpdir(), 'trailguard-pictures-'));

const tooBroad = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Invoices",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:Put*"],
      "Resource": "arn:aws:s3:::harbourline-invoices/*"
    },
    {
      "Sid": "Queues",
      "Effect": "Allow",
      "Action": "sqs:*",
      "Resource": "*"
    }
  ]
}
`;

const day = ['replay', '--config', 'examples/trailguard.config.json', 'examples/trail.json'];
const account = ['report', '--from', 'examples/account.json', '--config', 'examples/account.config.json'];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(scratch, 'policy.json'), tooBroad);
  await terminal('start', 'npm start', linesFrom('Users to look at first', run(day), 34));
  await terminal('check', 'npx trailguard check policy.json', run(['check', 'policy.json'], scratch));
  await terminal('report-terminal', `npx trailguard ${account.join(' ')}`, lastLines(run(account), 30));
  await page('report', account, { viewport: { width: 1280, height: 900 } });
  await page('report-dark', account, { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' });
  await page('report-phone', account, { viewport: { width: 400, height: 860 }, deviceScaleFactor: 1.5 });
  await page('replay-summary', day, { viewport: { width: 1280, height: 1000 } });
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}

/** What the built command prints, in colour. Findings end it with 1, which is no failure here. */
function run(words: readonly string[], cwd = root): string {
  const { NO_COLOR: _, ...env } = process.env;
  try {
    return execFileSync(process.execPath, [built, ...words], { cwd, encoding: 'utf8', env: { ...env, FORCE_COLOR: '1' } }).trimEnd();
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 1 && 'stdout' in error) return String(error.stdout).trimEnd();
    throw error;
  }
}

/** So many lines of what was printed, from a heading on. */
function linesFrom(heading: string, text: string, count: number): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => stripVTControlCharacters(line) === heading);
  if (start < 0) throw new Error(`nothing printed is \`${heading}\``);
  const cut = '\u001b[2m…\u001b[22m';
  return [cut, ...lines.slice(start, start + count), ...(start + count < lines.length ? [cut] : [])].join('\n');
}

/** The end of what was printed, as a window of so many lines shows it. */
function lastLines(text: string, count: number): string {
  const lines = text.split('\n');
  return lines.length <= count ? text : `\u001b[2m…\u001b[22m\n${lines.slice(firstBlank(lines, lines.length - count)).join('\n')}`;
}

/** Where the first paragraph begins from a line on. */
function firstBlank(lines: readonly string[], from: number): number {
  return lines.indexOf('', from) + 1;
}

async function terminal(name: string, command: string, printed: string): Promise<void> {
  const file = join(scratch, `${name}.html`);
  writeFileSync(file, terminalPage(command, printed));
  await picture(browser, name, file, { viewport: { width: 1000, height: 400 }, deviceScaleFactor: 1 }, true);
}

async function page(name: string, words: readonly string[], options: BrowserContextOptions): Promise<void> {
  const file = join(scratch, `${name}.html`);
  writeFileSync(file, run([...words, '--format', 'html']));
  await picture(browser, name, file, options, false);
}

async function picture(taker: Browser, name: string, file: string, options: BrowserContextOptions, whole: boolean): Promise<void> {
  const context = await taker.newContext({ deviceScaleFactor: 1.25, ...options });
  const shown = await context.newPage();
  await shown.goto(pathToFileURL(file).href);
  const path = join(pictures, `${name}.png`);
  await (whole ? shown.locator('body').screenshot({ path }) : shown.screenshot({ path }));
  await context.close();
  const { size } = statSync(path);
  console.log(`${path.slice(root.length)}: ${Math.round(size / 1_000)} KB, from ${readFileSync(file).length} bytes of HTML`);
  if (size > largest) throw new Error(`\`${path}\` is larger than ${largest / 1_000} KB: show less of it`);
}
