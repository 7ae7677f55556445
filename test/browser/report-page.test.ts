import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportPage } from '../../cli/report/report-page.ts';
import { defaultConfiguration } from '../../schemas/configuration.ts';
import { allowing, customer, guardTags, reportOn, savedAccount } from '../cli/report/saved-account.ts';
import { accessibilityFaults, browserIsHere, startViewer, type Viewer } from './browser.ts';

const here = browserIsHere('the report in a browser');

const tagged = (verdict: string, findings: string, since: string) =>
  guardTags({ verdict, findings, since, evidence: `${since} ada 4a2c9d10-7e1b-4d57-8a66-b5f03e91c2d8` });

/** A page with something in every section. */
async function smallPage(): Promise<string> {
  const details = savedAccount(
    {
      'zoe.admin': {
        inline: { everything: allowing('*', { Sid: 'All' }) },
        tags: tagged('critical', 'admin-access policy-attached-directly', '2026-04-01T08:00:00Z'),
      },
      'ben.buckets': { groups: ['data'], tags: tagged('high', 'service-admin:s3', '2026-03-01T08:00:00Z') },
      'ann.direct': { attached: [customer('queues')], tags: tagged('low', 'policy-attached-directly', '2026-02-01T08:00:00Z') },
      'cleo.cleared': {
        tags: guardTags({
          verdict: 'clear',
          since: '2026-01-02T08:00:00Z',
          cleared: '2026-01-03T08:00:00Z',
          evidence: '2026-01-03T08:00:00Z sweep',
        }),
      },
      'dan.unsure': { tags: guardTags({ verdict: 'undetermined', evidence: '2026-01-03T08:00:00Z sweep' }) },
      'eve.clean': {},
    },
    { data: { buckets: allowing('s3:*', { Sid: 'Buckets' }) } },
    {
      queues: { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-central-1:111122223333:orders' },
      mighty: allowing('sqs:*'),
    },
  );
  const exception = { rule: 'admin-access', subject: 'user/nobody', owner: 'ada', reason: 'none', ticket: 'SEC-1', expires: '2027-01-01' };
  return reportPage(await reportOn(details, { configuration: { ...defaultConfiguration, exceptions: [exception] } }));
}

/** A page of so many flagged users. */
async function largePage(count: number): Promise<string> {
  const names = Array.from({ length: count }, (_, index) => `user-${String(index).padStart(4, '0')}`);
  const users = Object.fromEntries(names.map((name, index) => [name, { inline: { own: allowing(index % 2 === 0 ? 's3:*' : '*') } }]));
  return reportPage(await reportOn(savedAccount(users)));
}

// As text: the DOM's types are none of this project's.
const unfold = (page: Page) => page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
const shownUsers = (page: Page) => page.locator('#user-table tbody tr:visible td:first-child .who').allTextContents();

describe.runIf(here)('the report in a browser', () => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await startViewer();
  });
  afterAll(() => viewer.close());

  test('its first screen says how many, how bad and what first', async () => {
    const { page, said } = await viewer.open(await smallPage(), { viewport: { width: 1280, height: 800 } });
    const fold = async (text: string) =>
      (await page.getByText(text, { exact: false }).first().boundingBox())?.y ?? Number.POSITIVE_INFINITY;
    expect(await fold('3 of 6 users are flagged now: 1 critical, 1 high, 1 low.')).toBeLessThan(800);
    expect(await fold('Never flagged')).toBeLessThan(800);
    expect(await page.locator('.figure b').allTextContents()).toEqual(['3', '1', '1', '1']);
    expect(await page.locator('.first li').first().textContent()).toContain('zoe.admin allows every action on every resource');
    expect(await fold('What first')).toBeLessThan(800);
    expect(said).toEqual([]);
  });

  test('it sorts by a click and by the keyboard, and tells which way', async () => {
    const { page, said } = await viewer.open(await smallPage());
    expect(await shownUsers(page)).toEqual(['zoe.admin', 'ben.buckets', 'ann.direct', 'dan.unsure']);
    const byName = page.locator('#user-table').getByRole('columnheader', { name: 'User' });
    await byName.getByRole('button').click();
    expect(await shownUsers(page)).toEqual(['ann.direct', 'ben.buckets', 'dan.unsure', 'zoe.admin']);
    expect(await byName.getAttribute('aria-sort')).toBe('ascending');
    await byName.getByRole('button').focus();
    await page.keyboard.press('Enter');
    expect(await shownUsers(page)).toEqual(['zoe.admin', 'dan.unsure', 'ben.buckets', 'ann.direct']);
    expect(await byName.getAttribute('aria-sort')).toBe('descending');
    const bySeverity = page.locator('#user-table').getByRole('columnheader', { name: 'Severity' });
    await bySeverity.getByRole('button').click();
    expect(await shownUsers(page)).toEqual(['zoe.admin', 'ben.buckets', 'ann.direct', 'dan.unsure']);
    expect(await byName.getAttribute('aria-sort')).toBeNull();
    expect(said).toEqual([]);
  });

  test('it filters by text and by choice, and tells how many are left', async () => {
    const { page } = await viewer.open(await smallPage());
    const users = page.locator('#user-table');
    const status = users.getByRole('status');
    await expect.poll(() => status.textContent()).toBe('4 users');
    // In a remedy that is folded away
    await users.getByLabel('Find').fill('IAM.21');
    expect(await shownUsers(page)).toEqual(['ben.buckets']);
    expect(await status.textContent()).toBe('1 user of 4 shown');
    await users.getByLabel('Find').fill('');
    await users.getByLabel('Severity').selectOption('critical');
    expect(await shownUsers(page)).toEqual(['zoe.admin']);
    await users.getByLabel('Severity').selectOption('');
    await users.getByLabel('Rule').selectOption('policy-attached-directly');
    expect(await shownUsers(page)).toEqual(['zoe.admin', 'ann.direct']);
    expect(await status.getAttribute('aria-live')).toBe('polite');
  });

  test('a large one stands in folded pieces, sorts over all of them, and opens those with what was sought', async () => {
    const { page } = await viewer.open(await largePage(250));
    const pieces = page.locator('#user-table details.piece');
    expect(await pieces.locator('> summary').allTextContents()).toEqual(['1 to 100 of 250', '101 to 200 of 250', '201 to 250 of 250']);
    expect(await shownUsers(page)).toHaveLength(100);
    expect((await shownUsers(page))[0]).toBe('user-0001');
    await page.locator('#user-table').getByRole('columnheader', { name: 'User' }).first().getByRole('button').click();
    expect((await shownUsers(page)).slice(0, 2)).toEqual(['user-0000', 'user-0001']);
    await page.locator('#user-table').getByLabel('Find').fill('user-0249');
    expect(await shownUsers(page)).toEqual(['user-0249']);
    expect(await page.locator('#user-table').getByRole('status').textContent()).toBe('1 user of 250 shown');
  });

  test('it prints whole: what is folded on the screen is on paper', { timeout: 90_000 }, async () => {
    const { page } = await viewer.open(await largePage(110));
    const closed = pagesOf(await page.pdf({ format: 'A4' }));
    await page.emulateMedia({ media: 'print' });
    const last = page.locator('#user-table tbody tr').last();
    expect((await last.boundingBox())?.height ?? 0).toBeGreaterThan(10);
    expect((await last.locator('pre').first().boundingBox())?.height ?? 0).toBeGreaterThan(10);
    await page.emulateMedia({ media: null });
    await unfold(page);
    const open = pagesOf(await page.pdf({ format: 'A4' }));
    expect(closed).toBeGreaterThan(10);
    expect(closed).toBe(open);
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s', async (colorScheme) => {
    const { page, said } = await viewer.open(await smallPage(), { colorScheme });
    await unfold(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(said).toEqual([]);
  });

  test.each([320, 400, 768])('nothing is cut off or scrolls sideways at %d pixels, and axe finds nothing', async (width) => {
    const { page } = await viewer.open(await smallPage(), { viewport: { width, height: 800 } });
    await unfold(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('it can be read without its script', async () => {
    const { page } = await viewer.open(await smallPage(), { javaScriptEnabled: false });
    expect(await shownUsers(page)).toEqual(['zoe.admin', 'ben.buckets', 'ann.direct', 'dan.unsure']);
    expect(await page.getByLabel('Find').first().isVisible()).toBe(false);
    await page.locator('#user-table summary').first().click();
    expect(await page.locator('#user-table pre').first().isVisible()).toBe(true);
  });

  test('what an attacker writes stays text', async () => {
    const script = '</script><script>alert(1)</script>';
    const image = '<img src=x onerror=alert(2)>';
    const turned = 'nimda\u202Eadmin';
    const details = savedAccount(
      {
        [script]: {
          inline: { [image]: allowing('*', { Sid: `"><svg onload=alert(3)>${turned}` }) },
          tags: tagged('critical', `admin-access ${image}`, image),
        },
        [turned]: {
          groups: ['<b>group'],
          tags: guardTags({ verdict: 'clear', cleared: script, evidence: `${script} ${image}`, authored: image }),
        },
        "' onmouseover=alert(4) x='": { inline: { own: allowing('s3:*') } },
        '<%= process.exit() %>': { inline: { own: allowing('s3:*') } },
      },
      { '<b>group': { '<i>policy': allowing('sns:*') } },
    );
    const exception = { rule: 'admin-access', subject: 'user/*', owner: image, reason: script, ticket: turned, expires: '2026-01-01' };
    const report = await reportOn(details, { configuration: { ...defaultConfiguration, exceptions: [exception] } });
    const { page, said } = await viewer.open(reportPage(report));
    await page.mouse.move(300, 300);
    expect(said).toEqual([]);
    expect(await page.locator('img, svg[onload], b:not(.figure b, .shares b), i:not(.dot)').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await shownUsers(page)).toEqual(
      expect.arrayContaining([script, "' onmouseover=alert(4) x='", 'nimda<U+202E>admin', '<%= process.exit() %>']),
    );
    const text = await page.locator('body').textContent();
    expect(text).toContain(image);
    expect(text).toContain('nimda<U+202E>admin');
    expect(text).not.toContain('\u202E');
  });
});

/** How many pages a PDF of Chromium has. */
function pagesOf(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}
