import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/**
 * True where there is a Chromium to run. Where there is none, it says in one line which suite is skipped; and it throws instead where
 * TRAILGUARD_REQUIRE_BROWSER=1, so that CI never skips by accident.
 */
export function browserIsHere(suite: string): boolean {
  if (existsSync(executablePath)) return true;
  const missing = `there is no Chromium at ${executablePath} (\`apt-get install chromium\`, or set CHROMIUM_PATH)`;
  if (process.env.TRAILGUARD_REQUIRE_BROWSER === '1') throw new Error(`${missing}, and TRAILGUARD_REQUIRE_BROWSER=1`);
  process.stderr.write(`\n!!! SKIPPED: ${suite}: ${missing}\n\n`);
  return false;
}

/** A browser that shows pages from files, as whoever was sent one opens it. */
export interface Viewer {
  /** Opens a page in a window of its own. `said` fills with what the browser complains of: errors, warnings, requests, dialogs. */
  open(html: string, options?: BrowserContextOptions): Promise<{ readonly page: Page; readonly said: string[] }>;
  close(): Promise<void>;
}

/** Starts a browser. Root may not run Chromium's sandbox, as in containers. */
export async function startViewer(): Promise<Viewer> {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser: Browser = await chromium.launch({ executablePath, args });
  const folder = await mkdtemp(join(tmpdir(), 'trailguard-page-'));
  let pages = 0;
  return {
    async open(html, options = {}) {
      const file = join(folder, `${pages++}.html`);
      await writeFile(file, html);
      const page = await (await browser.newContext(options)).newPage();
      const said: string[] = [];
      const url = pathToFileURL(file).href;
      page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => said.push(`error: ${error.message}`));
      page.on('dialog', (dialog) => said.push(`dialog: ${dialog.message()}`));
      page.on('request', (request) => request.url() === url || said.push(`request: ${request.url()}`));
      await page.goto(url);
      return { page, said };
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** What axe finds against WCAG 2.2 A and AA and its own best practices, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Over the debugger: the page's own security policy would let no script in.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: here } = globalThis as unknown as { axe: typeof axe };
    return (await here.run()).violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html.slice(0, 200)) }));
  });
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).join(' | ')}`);
}
