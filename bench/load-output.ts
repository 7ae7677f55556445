/** What functions wrote to their logs. */
export interface Written {
  /** As CloudWatch Logs bills it: each line with 26 bytes more. */
  readonly bytes: number;
  readonly lines: number;
}

/** What CloudWatch Logs adds to each line, in bytes. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const bytesOfLine = 26;

/** Keeps what this process writes to its outputs off them, and counts it. */
export interface Swallowed {
  /** What was written since the last time. It begins again from nothing. */
  take(): Written;
  /** Every metric that was written so far: its name with its dimensions. */
  readonly metrics: ReadonlySet<string>;
  /** Lines that say that something went wrong. */
  readonly errors: readonly string[];
  /** Lets out again what is written. */
  restore(): void;
}

interface MetricLine {
  readonly [name: string]: unknown;
  readonly _aws?: {
    readonly CloudWatchMetrics: { readonly Dimensions: readonly string[][]; readonly Metrics: { readonly Name: string }[] }[];
  };
  readonly level?: string;
}

/** Swallows standard output and error from now on. Lines are read only when they are taken, outside of what is measured. */
export function swallowOutput(): Swallowed {
  const streams = [process.stdout, process.stderr];
  const real = streams.map((stream) => stream.write);
  const metrics = new Set<string>();
  const errors: string[] = [];
  let chunks: string[] = [];
  const keep = (chunk: unknown): boolean => {
    chunks.push(String(chunk));
    return true;
  };
  for (const stream of streams) stream.write = keep as typeof stream.write;
  return {
    metrics,
    errors,
    take() {
      const lines = chunks.flatMap((chunk) => chunk.split('\n')).filter((line) => line !== '');
      chunks = [];
      let bytes = 0;
      for (const line of lines) {
        bytes += Buffer.byteLength(line) + bytesOfLine;
        for (const name of metricsIn(line)) metrics.add(name);
        if (line.includes('"level":"ERROR"') && errors.length < 10) errors.push(line);
      }
      return { bytes, lines: lines.length };
    },
    restore() {
      for (const [index, stream] of streams.entries()) stream.write = real[index] ?? stream.write;
    },
  };
}

function metricsIn(line: string): string[] {
  if (!line.includes('"_aws"')) return [];
  const values = JSON.parse(line) as MetricLine;
  return (values._aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => [Name, ...names.toSorted().map((name) => `${name}=${values[name]}`)].join(' ')),
    ),
  );
}
