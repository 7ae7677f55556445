/** One would-be record inside a parsed text, or why there is none at that place. `pointer` is an RFC 6901 pointer. */
export type Found =
  | { readonly pointer: string; readonly value: unknown }
  | { readonly pointer: string; readonly fault: string }
  /** An event of another kind, which holds no record and is no fault. */
  | { readonly pointer: string; readonly passedBy: true };

/**
 * The would-be records of a parsed JSON value, whatever form it has: a log file of CloudTrail (`Records`), a bare list,
 * one record, an EventBridge event, or the answer of `aws cloudtrail lookup-events`. Undefined where it is none of these.
 */
export function recordsIn(value: unknown, pointer = ''): Found[] | undefined {
  if (Array.isArray(value)) return recordsInList(value, pointer);
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.Records))
    return value.Records.map((record, index) => ({ pointer: `${pointer}/Records/${index}`, value: record }));
  if (Array.isArray(value.Events)) return value.Events.map((event, index) => lookedUp(event, `${pointer}/Events/${index}`));
  if (typeof value.CloudTrailEvent === 'string') return [lookedUp(value, pointer)];
  if (typeof value['detail-type'] === 'string') return [delivered(value, pointer)];
  const isRecord = 'eventName' in value || 'eventSource' in value || 'eventTime' in value;
  return isRecord ? [{ pointer, value }] : undefined;
}

/** The list that an element was cut out of: that of a log file, of the answer of lookup-events, or a bare one. */
export type ListKind = 'Records' | 'Events' | 'bare';

/** The would-be records of one element of a list, as `recordsIn` finds them in the whole. Undefined for an element of a bare list that is of no known form. */
export function recordsInElement(kind: ListKind, index: number, element: unknown): Found[] | undefined {
  if (kind === 'Records') return [{ pointer: `/Records/${index}`, value: element }];
  if (kind === 'Events') return [lookedUp(element, `/Events/${index}`)];
  return Array.isArray(element) ? undefined : recordsIn(element, `/${index}`);
}

/** A list in which nothing is of a known form is no trail at all; in a trail each stranger is a fault of its own. */
function recordsInList(list: readonly unknown[], pointer: string): Found[] | undefined {
  const found = list.map((element, index) => ({
    at: `${pointer}/${index}`,
    element,
    records: Array.isArray(element) ? undefined : recordsIn(element, `${pointer}/${index}`),
  }));
  if (list.length > 0 && found.every(({ records }) => records === undefined)) return undefined;
  return found.flatMap(({ at, element, records }) => records ?? [{ pointer: at, value: element }]);
}

/** EventBridge lets anyone put an event of any detail-type, but no source that begins with `aws.`. */
function delivered(envelope: Record<string, unknown>, pointer: string): Found {
  if (!/ via CloudTrail$/.test(String(envelope['detail-type']))) return { pointer, passedBy: true };
  if (!/^aws\./.test(String(envelope.source)))
    return { pointer, fault: 'the event was not sent by AWS: its `source` does not begin with `aws.`' };
  return { pointer: `${pointer}/detail`, value: envelope.detail };
}

function lookedUp(event: unknown, pointer: string): Found {
  const text = isObject(event) ? event.CloudTrailEvent : undefined;
  const at = `${pointer}/CloudTrailEvent`;
  if (typeof text !== 'string') return { pointer: at, fault: 'expected the record as a JSON string' };
  try {
    return { pointer: at, value: JSON.parse(text) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { pointer: at, fault: 'the JSON string is malformed' };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
