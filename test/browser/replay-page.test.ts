import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPageTelling } from '../../cli/replay-summary/telling.ts';
import { type Configuration, defaultConfiguration } from '../../schemas/configuration.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import { administrator, created, finding, lifeOfEve, tagged, verdict } from '../cli/replay-summary/verdicts.ts';
import { accessibilityFaults, browserIsHere, startViewer, type Viewer } from './browser.ts';

const here = browserIsHere('the page of a replay in a browser');

async function pageOf(verdicts: Iterable<Verdict>, configuration: Configuration = defaultConfiguration): Promise<string> {
  const telling = createPageTelling(configuration, () => ({ at: '2026-04-01T10:00:00Z', version: '1.2.3' }));
  for (const one of verdicts) telling.add(one);
  return telling.finish({ looked: { records: 9, duplicates: 1, files: 2, unread: 1, filters: ['--since 2026-01-01'] } });
}

/** Days, actors, rules and accounts enough that every section is there. */
function everything(): Verdict[] {
  const high = finding('service-admin', 'high', 'allows every action of s3');
  const other = verdict({
    who: 'bob',
    user: 'carl',
    account: '444455556666',
    at: '2026-03-19T08:00:00Z',
    event: 'AttachUserPolicy',
    severity: 'high',
    findings: [high],
  });
  return [...lifeOfEve().slice(0, -1), other, verdict({ outcome: 'undetermined', at: '2026-03-20T08:00:00Z' })];
}

// As text: the DOM's types are none of this project's.
const unfold = (page: Page) => page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
const exception = { rule: 'admin-access', subject: 'user/nobody', owner: 'ada', reason: 'none', ticket: 'SEC-1', expires: '2027-01-01' };

describe.runIf(here)('the page of a replay in a browser', () => {
  let viewer: Viewer;
  beforeAll(async () => {
    viewer = await startViewer();
  });
  afterAll(() => viewer.close());

  test('its first screen says how many, how bad and what first, in numbers that add up', async () => {
    const { page, said } = await viewer.open(await pageOf(everything()), { viewport: { width: 1280, height: 800 } });
    expect(await page.locator('.answer').textContent()).toBe(
      '8 changes judged: 1 critical, 2 high, 2 medium, 1 undetermined, 1 attempted, 1 clean. Look first at eve.',
    );
    expect(await page.locator('.figure b').allTextContents()).toEqual(['1', '2', '2', '1', '1', '1']);
    expect(await page.locator('.total').textContent()).toBe('8 changes in all, in 9 IAM records, 1 of them delivered again');
    const first = page.locator('.first li').first();
    expect(await first.textContent()).toContain('eve: Mend admin-access');
    expect((await first.boundingBox())?.y).toBeLessThan(800);
    expect(said).toEqual([]);
  });

  test('it tells each story with every event id, and how it was made', async () => {
    const { page } = await viewer.open(await pageOf(everything()));
    const story = await page.locator('article').first().textContent();
    for (const id of ['e1', 'e2', 'e3', 'e4', 'e5', 'e6']) expect(story).toContain(id);
    expect(story).toContain('mara (role admins) attached AdministratorAccess to user eve; it allows every action on every resource');
    const made = await page.locator('section').last().textContent();
    for (const fact of [
      'by Trailguard 1.2.3',
      '111122223333, 444455556666',
      '9 IAM records in 2 files',
      '1 input',
      '--since 2026-01-01',
      'the defaults',
    ])
      expect(made).toContain(fact);
  });

  test('its verdicts can be sorted and filtered', async () => {
    const { page } = await viewer.open(await pageOf(everything()));
    const verdicts = page.locator('#verdicts-table');
    await verdicts.getByLabel('Verdict').selectOption('high');
    expect(await verdicts.getByRole('status').textContent()).toBe('2 verdicts of 8 shown');
    await verdicts.getByLabel('Verdict').selectOption('');
    await verdicts.getByRole('columnheader', { name: 'Verdict' }).getByRole('button').click();
    expect(await verdicts.locator('tbody tr .badge').first().textContent()).toBe('critical');
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s, nor on a phone, where nothing scrolls sideways', async (colorScheme) => {
    const configuration = { ...defaultConfiguration, exceptions: [exception] };
    for (const width of [320, 1280]) {
      const { page, said } = await viewer.open(await pageOf(everything(), configuration), {
        colorScheme,
        viewport: { width, height: 800 },
      });
      await unfold(page);
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(said).toEqual([]);
    }
  });

  test('what an attacker writes stays text', async () => {
    const script = '</script><script>alert(1)</script>';
    const image = '<img src=x onerror=alert(2)>';
    const turned = 'nimda\u202Eadmin';
    const html = await pageOf(
      [
        verdict({
          who: script,
          user: image,
          id: image,
          account: script,
          findings: [finding('admin-access', 'critical', image), created],
          severity: 'critical',
          actions: tagged(image),
          summary: `${script} created ${image}; it ${turned}.`,
        }),
        verdict({ who: turned, user: script, event: image, account: script, findings: [administrator] }),
        verdict({
          actor: { type: 'AssumedRole', name: image, session: "' onmouseover=alert(3) x='" },
          user: '<%= process.exit() %>',
          outcome: 'undetermined',
        }),
      ],
      { ...defaultConfiguration, exceptions: [{ ...exception, owner: image, subject: script }] },
    );
    const { page, said } = await viewer.open(html);
    await page.mouse.move(300, 300);
    expect(said).toEqual([]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    const text = await page.locator('main').textContent();
    for (const shown of [script, image, 'nimda<U+202E>admin', '<%= process.exit() %>']) expect(text).toContain(shown);
    expect(text).not.toContain('\u202E');
  });

  test('a trail without a change is a page too', async () => {
    const { page, said } = await viewer.open(await pageOf([]));
    expect(await page.locator('h1').textContent()).toBe('No IAM change to judge');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(said).toEqual([]);
  });
});
