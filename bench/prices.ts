/** A published price, in US dollars, of Region us-east-1, without free tiers and discounts for volume. */
export interface Price {
  readonly dollars: number;
  /** How many units that is for. */
  readonly per: number;
  readonly unit: string;
  /** AWS's own page. */
  readonly page: string;
  /** Where the number was read, on `readOn`: most of AWS's pages fill in their prices by script. What it says of its own age stands beside it. */
  readonly readAt: string;
}

/** The day on which the prices were read. */
export const readOn = '2026-11-23';

const million = 1_000_000;
const aws = (path: string) => `https://aws.amazon.com/${path}/pricing/`;

/** What the guard's parts are billed by. */
export const prices = {
  lambdaRequest: {
    dollars: 0.2,
    per: million,
    unit: 'requests',
    page: aws('lambda'),
    readAt: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md (2026-05)',
  },
  lambdaDuration: {
    dollars: 0.0000133334,
    per: 1,
    unit: 'GB-second, arm64',
    page: aws('lambda'),
    readAt: 'https://git.mcrn.ar/mariano/lambda_local_runner/src/branch/main/docs/lambdas-md/lambda-13-cost.md (2026-05)',
  },
  busEvent: {
    dollars: 1,
    per: million,
    unit: 'custom events of up to 64 KB',
    page: aws('eventbridge'),
    readAt: 'https://cloudburn.io/blog/amazon-eventbridge-pricing (2026-03)',
  },
  fifoRequest: {
    dollars: 0.5,
    per: million,
    unit: 'requests to FIFO queues',
    page: aws('sqs'),
    readAt: 'https://cloudburn.io/blog/amazon-sqs-pricing (2026-03)',
  },
  queueRequest: {
    dollars: 0.4,
    per: million,
    unit: 'requests to standard queues',
    page: aws('sqs'),
    readAt: 'https://cloudburn.io/blog/amazon-sqs-pricing (2026-03)',
  },
  tableWrite: {
    dollars: 0.625,
    per: million,
    unit: 'write request units, on demand',
    page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    readAt: 'https://airbyte.com/data-engineering-resources/dynamodb-pricing (2025-07)',
  },
  logBytes: {
    dollars: 0.5,
    per: 1e9,
    unit: 'GB of logs taken in',
    page: aws('cloudwatch'),
    readAt: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (2026-06)',
  },
  metric: {
    dollars: 0.3,
    per: 1,
    unit: 'custom metric a month',
    page: aws('cloudwatch'),
    readAt: 'https://signoz.io/guides/cloudwatch-pricing (2026-02)',
  },
  alarm: {
    dollars: 0.1,
    per: 1,
    unit: 'alarm metric a month',
    page: aws('cloudwatch'),
    readAt: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
  },
  dashboard: {
    dollars: 3,
    per: 1,
    unit: 'dashboard a month',
    page: aws('cloudwatch'),
    readAt: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ (2026-06)',
  },
  topicRequest: {
    dollars: 0.5,
    per: million,
    unit: 'messages published',
    page: aws('sns'),
    readAt: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/ (2026-06)',
  },
  mail: {
    dollars: 2,
    per: 100_000,
    unit: 'mails',
    page: aws('sns'),
    readAt: 'https://www.factualminds.com/blog/amazon-sns-pricing-publishes-fanout-protocols/ (2026-06)',
  },
  key: { dollars: 1, per: 1, unit: 'key a month', page: aws('kms'), readAt: 'https://aws.amazon.com/kms/pricing/' },
  keyRequest: {
    dollars: 0.03,
    per: 10_000,
    unit: 'requests',
    page: aws('kms'),
    readAt: 'https://www.wring.co/blog/aws-kms-pricing-guide',
  },
} as const satisfies Record<string, Price>;

/** The prices, with their sources, as a Markdown table. */
export function priceTable(): string {
  const rows = Object.values(prices).map(
    ({ dollars, per, unit, page, readAt }) =>
      `| $${dollars} | ${per === 1 ? unit : `${per === 1e9 ? '' : `${per.toLocaleString('en')} `}${unit}`} | <${page}> | ${linked(readAt)} |`,
  );
  return ['| price | for | AWS’s page | read at |', '| ---: | --- | --- | --- |', ...rows].join('\n');
}

function linked(text: string): string {
  return text.replaceAll(/https:\S+/g, (url) => `<${url}>`);
}
