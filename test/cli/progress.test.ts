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
});
