import { type OnMember, scanValue } from './scan-json.ts';

const [quote, backslash] = [34, 92];

/** Whether an element, a JSON value that ends at `end`, is a plain record of another service; else where it ends, or a fault of scanning. */
export function createElementScanner(service: string): { scan(bytes: Uint8Array, at: number, end: number): number; isForeign(): boolean } {
  const [eventSource, ours] = [Buffer.from('eventSource'), Buffer.from(service)];
  // Members that make an object something else than a record
  const others = ['Records', 'Events', 'CloudTrailEvent', 'detail-type'].map((key) => Buffer.from(key));
  const lengths = new Set(others.map((key) => key.length));
  let current: Uint8Array = ours;
  let isPlain = true;
  let differs = false;
  const onMember: OnMember = (keyStart, keyEnd, valueStart, valueEnd, hasNoEscape) => {
    const length = keyEnd - keyStart;
    // Nearly all keys are of other lengths, or hold nothing that can be mistaken
    if (!hasNoEscape && current.subarray(keyStart, keyEnd).includes(backslash)) isPlain = false;
    else if (length === eventSource.length && holds(current, keyStart, keyEnd, eventSource)) {
      if (current[valueStart] !== quote || !hasNoEscape) isPlain = false;
      differs = !holds(current, valueStart + 1, valueEnd - 1, ours);
    } else if (lengths.has(length) && others.some((key) => holds(current, keyStart, keyEnd, key))) isPlain = false;
  };
  return {
    scan(bytes, at, end) {
      current = bytes;
      isPlain = true;
      differs = false;
      return scanValue(bytes, at, end, onMember);
    },
    isForeign: () => isPlain && differs,
  };
}

function holds(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let index = 0; index < text.length; index += 1) if (bytes[start + index] !== text[index]) return false;
  return true;
}
