import { describe, expect, it } from 'vitest';
import { eventIdOf } from '../../handlers/event-id.ts';

describe('eventIdOf', () => {
  it.each([
    [{ id: 'envelope', detail: { eventID: 'record' } }, 'record'],
    [{ id: 'envelope', detail: {} }, 'envelope'],
    [{ id: 'envelope', detail: null }, 'envelope'],
    [{ id: 5 }, 'unknown'],
    [null, 'unknown'],
    ['text', 'unknown'],
  ])('of %j is %s', (event, id) => {
    expect(eventIdOf(event)).toBe(id);
  });
});
