/** A message of a queue, as far as a redrive looks at it. */
export interface LyingMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  /** When it was sent, ISO 8601. */
  readonly sent: string;
  /** What EventBridge says of an event that it could not deliver. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a message holds, taken out of whatever it is wrapped in. */
export interface Unwrapped {
  readonly payload: unknown;
  /** The payload as text. */
  readonly text: string;
  /** The ARN of what it was meant for, where the message says so. */
  readonly target?: string;
  /** Why it lies here, where the message says so. */
  readonly why?: string;
}

/**
 * Takes the payload out of a message: of the record that Lambda sends to an on-failure destination, or the body itself, which is how EventBridge and a
 * queue's redrive policy leave an event. Throws where the body is no JSON.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function unwrap({ body, attributes }: Pick<LyingMessage, 'body' | 'attributes'>): Unwrapped {
  const value = parsed(body);
  const { functionArn, condition } = fieldsOf(fieldsOf(value).requestContext);
  if (typeof functionArn === 'string') {
    const { requestPayload: payload, responsePayload } = fieldsOf(value);
    const { errorType, errorMessage } = fieldsOf(responsePayload);
    return { payload, text: JSON.stringify(payload ?? {}), target: functionArn, ...reason([errorType ?? condition, errorMessage]) };
  }
  const { TARGET_ARN: target, ERROR_CODE: code, ERROR_MESSAGE: message } = attributes;
  return { payload: value, text: body, ...(target === undefined ? {} : { target }), ...reason([code, message]) };
}

/** The fields of what may yet be anything. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new Error('its body is no JSON', { cause });
  }
}

function reason(parts: readonly unknown[]): { why?: string } {
  const said = parts.filter((part) => typeof part === 'string' && part !== '');
  return said.length > 0 ? { why: said.join(': ') } : {};
}
