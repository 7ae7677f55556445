/** What became of one event in a channel. */
export interface Delivery {
  /** How many messages, or findings, were taken. */
  readonly told: number;
  /** When what it is about happened, ISO 8601. */
  readonly time: string;
  /** Why nothing was told, where that is so. */
  readonly left?: string;
  /** Why the message quotes no statement, where it could not. */
  readonly unquoted?: string;
}

/** Tells what an event says, or finds that the channel need not. Throws where it must be tried again, and where the event is none of its own. */
export type Deliver = (event: unknown) => Promise<Delivery>;
