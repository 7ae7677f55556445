/** Ctrl-C, in steps: the first ends what is going on, and another ends the command. */
export interface Interruption {
  /** Aborted by the first. */
  readonly reading: AbortSignal;
  /** Begins the judging: from now on the first ends that. */
  judge(): void;
  /** True where the judging is to end. */
  readonly endsJudging: boolean;
  /** Whether there was any. */
  readonly happened: boolean;
  /** Gives the signals back. */
  dispose(): void;
}

/** Listens for the signals that end a command. `onReading` is told of the first while a trail is read, `atOnce` where everything is to end now. */
export function createInterruption(onReading: () => void, atOnce: () => never, source: NodeJS.EventEmitter = process): Interruption {
  const reading = new AbortController();
  let [isJudging, endsJudging, happened] = [false, false, false];
  const onSignal = (): void => {
    if (endsJudging || (happened && !isJudging)) atOnce();
    happened = true;
    if (isJudging) endsJudging = true;
    else {
      reading.abort();
      onReading();
    }
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) source.on(signal, onSignal);
  return {
    reading: reading.signal,
    judge() {
      isJudging = true;
    },
    get endsJudging() {
      return endsJudging;
    },
    get happened() {
      return happened;
    },
    dispose() {
      for (const signal of signals) source.off(signal, onSignal);
    },
  };
}
