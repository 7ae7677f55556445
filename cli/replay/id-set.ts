import { createHash } from 'node:crypto';

const words = 4;

/** A set of ids that holds millions: 16 bytes of each, and room to find it. */
export interface IdSet {
  /** False where the id was in it before. */
  add(id: string): boolean;
}

/** An empty set. An id that is a UUID, as those of CloudTrail are, is kept as its number; another as the first half of its SHA-256. */
export function createIdSet(): IdSet {
  const [uuids, others] = [createTable(), createTable()];
  const number = new Int32Array(words);
  return {
    add(id) {
      if (readUuid(id, number)) return uuids.add(number);
      const hash = createHash('sha256').update(JSON.stringify(id)).digest();
      for (let index = 0; index < words; index += 1) number[index] = hash.readInt32LE(index * 4);
      return others.add(number);
    },
  };
}

/** A table of numbers of 128 bits, found by their first bits and by looking further from there. */
function createTable(): { add(number: Int32Array): boolean } {
  let slots = 1 << 10;
  let count = 0;
  let table = new Int32Array(slots * words);
  let used = new Uint8Array(slots);

  function place(number: Int32Array, at: number): number {
    let slot = ((number[at] ?? 0) ^ (number[at + 3] ?? 0)) & (slots - 1);
    for (; used[slot] === 1; slot = (slot + 1) & (slots - 1)) {
      const start = slot * words;
      if (
        table[start] === number[at] &&
        table[start + 1] === number[at + 1] &&
        table[start + 2] === number[at + 2] &&
        table[start + 3] === number[at + 3]
      )
        return -1;
    }
    return slot;
  }

  function put(number: Int32Array, at: number): boolean {
    const slot = place(number, at);
    if (slot < 0) return false;
    used[slot] = 1;
    table.set(number.subarray(at, at + words), slot * words);
    return true;
  }

  function grow(): void {
    const [before, wasUsed] = [table, used];
    slots *= 2;
    table = new Int32Array(slots * words);
    used = new Uint8Array(slots);
    for (const [slot, isUsed] of wasUsed.entries()) if (isUsed === 1) put(before, slot * words);
  }

  return {
    add(number) {
      if (!put(number, 0)) return false;
      count += 1;
      if (count * 3 > slots * 2) grow();
      return true;
    },
  };
}

/** Reads a UUID in lower case into four numbers; false where the text is none. By hand: this is done for every change of a trail. */
function readUuid(text: string, into: Int32Array): boolean {
  if (text.length !== 36) return false;
  let [word, digits] = [0, 0];
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false;
      continue;
    }
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) into[digits / 8 - 1] = word;
  }
  return true;
}
