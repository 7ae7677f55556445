/** Some things of a fixed list: bit `i` stands for the list's item `i`. */
export type Bits = Uint32Array;

/** None of a list of so many items. */
export function noBits(length: number): Bits {
  return new Uint32Array((length + 31) >>> 5);
}

/** The items that a test accepts, by their position. */
export function bitsWhere(length: number, accepts: (position: number) => boolean): Bits {
  const set = noBits(length);
  for (let i = 0; i < length; i++) if (accepts(i)) addBit(set, i);
  return set;
}

/** Adds the item at a position. */
export function addBit(into: Bits, position: number): void {
  into[position >>> 5] = (into[position >>> 5] ?? 0) | (1 << (position & 31));
}

/** Adds to `into` all of `set`. */
export function addAll(into: Bits, set: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) | (set[w] ?? 0);
}

/** Keeps in `into` only what `set` has. */
export function keepOnly(into: Bits, set: Bits): void {
  for (let w = 0; w < into.length; w++) into[w] = (into[w] ?? 0) & (set[w] ?? 0);
}

/** Takes all of `set` out of `from`. */
export function removeAll(from: Bits, set: Bits): void {
  for (let w = 0; w < from.length; w++) from[w] = (from[w] ?? 0) & ~(set[w] ?? 0);
}

/** True where `set` has everything that `wanted` has. */
export function includesAll(set: Bits, wanted: Bits): boolean {
  for (let w = 0; w < wanted.length; w++) if (((wanted[w] ?? 0) & ~(set[w] ?? 0)) !== 0) return false;
  return true;
}

/** True where `set` has something that `wanted` has. */
export function includesSome(set: Bits, wanted: Bits): boolean {
  for (let w = 0; w < wanted.length; w++) if (((set[w] ?? 0) & (wanted[w] ?? 0)) !== 0) return true;
  return false;
}

/** True where `set` has nothing. */
export function isEmpty(set: Bits): boolean {
  for (let w = 0; w < set.length; w++) if (set[w] !== 0) return false;
  return true;
}

/** How many items the set has. */
export function size(set: Bits): number {
  return sizeOfShared(set, set);
}

/** How many items the two sets share. */
export function sizeOfShared(a: Bits, b: Bits): number {
  let count = 0;
  for (let w = 0; w < a.length; w++) count += bitsIn((a[w] ?? 0) & (b[w] ?? 0));
  return count;
}

/**
 * How many bits of a word are set: counted by twos, fours and eights at once, then added up.
 * @see https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel
 */
function bitsIn(word: number): number {
  const twos = word - ((word >>> 1) & 0x55555555);
  const fours = (twos & 0x33333333) + ((twos >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
