/** The id of the CloudTrail event in an envelope, or the envelope's own, read from what may yet be anything. */
export const eventIdOf = (event: unknown): string => {
  const field = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  const id = field(field(event, 'detail'), 'eventID') ?? field(event, 'id');
  return typeof id === 'string' ? id : 'unknown';
};
