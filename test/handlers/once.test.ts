import { describe, expect, it, vi } from 'vitest';
import { once } from '../../handlers/once.ts';

describe('once', () => {
  it('makes a value at the first call only, even where the value is undefined', () => {
    const make = vi.fn(() => undefined);
    const get = once(make);
    expect(make).not.toHaveBeenCalled();
    get();
    get();
    expect(make).toHaveBeenCalledOnce();
  });

  it('asks again a maker that threw', () => {
    const make = vi
      .fn(() => 7)
      .mockImplementationOnce(() => {
        throw new Error('not yet');
      });
    const get = once(make);
    expect(get).toThrow('not yet');
    expect(get()).toBe(7);
  });
});
