import { describe, expect, test } from 'vitest';
import { createProgress } from '../../cli/progress.ts';

function aScreen(isTTY: boolean) {
  const written: string[] = [];
  let milliseconds = 0;
  const screen = { isTTY, write: (text: string) => written.push(text) > 0 };
  const progress = createProgress(screen, () => milliseconds);
  return {
    written,
    progress,
    at: (time: number) => {
      milliseconds = time;
    },
  };
}

describe('the progress bar', () => {
  test('comes after a second, is drawn ten times a second at most, and goes away', () => {
    const { written, progress, at } = aScreen(true);
    at(999);
    progress.show('users', 1, 4);
    expect(written).toEqual([]);
    at(1_000);
    progress.show('users', 2, 4);
    at(1_050);
    progress.show('users', 3, 4);
    at(1_060);
    progress.show('users', 4, 4);
    progress.clear();
    expect(written).toEqual([
      `\r${'█'.repeat(12)}${'░'.repeat(12)} users 2 of 4\u001B[K`,
      `\r${'█'.repeat(24)} users 4 of 4\u001B[K`,
      '\r\u001B[K',
    ]);
  });

  test('is not drawn where nobody looks', () => {
    const { written, progress, at } = aScreen(false);
    at(60_000);
    progress.show('users', 2, 4);
    progress.clear();
    expect(written).toEqual([]);
  });

  test('tells the time left once it can, and no total that is not known yet', () => {
    const { written, progress, at } = aScreen(true);
    progress.show('files', 0, undefined);
    at(1_000);
    progress.show('files', 10, undefined, '120 MB/s');
    at(2_000);
    progress.show('files', 20, 100, '120 MB/s');
    at(5_000);
    progress.show('files', 50, 100, '120 MB/s');
    at(9_000);
    progress.show('files', 51, 10_000);
    expect(written.map((text) => text.slice('\r'.length + 24 + ' '.length, -'\u001B[K'.length))).toEqual([
      'files 10, 120 MB/s',
      'files 20 of 100, 120 MB/s',
      'files 50 of 100, 120 MB/s, 5 s left',
      'files 51 of 10000, 37 min 27 s left',
    ]);
  });

  test('is no wider than the terminal', () => {
    const written: string[] = [];
    let milliseconds = 0;
    const narrow = createProgress({ isTTY: true, columns: 40, write: (text: string) => written.push(text) > 0 }, () => milliseconds);
    milliseconds = 1_000;
    narrow.show('changes', 12_345, 1_000_000, '999 verdicts');
    expect(written[0]).toHaveLength('\r'.length + 39 + '\u001B[K'.length);
  });
});
