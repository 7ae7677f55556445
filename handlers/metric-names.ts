/** The CloudWatch namespace of all that the guard measures. */
export const metricNamespace = 'Trailguard';

/**
 * What the guard measures. Every metric has the dimension `service`, the name of the stack; some have others beside it. The dashboard, the alarms and
 * docs/operations.md name no other (a test compares them).
 */
export const metricNames = {
  /** Events handed to a function, each try. */
  events: 'Events',
  /** By `outcome` and `severity`. */
  verdicts: 'Verdicts',
  /** By `rule`. */
  findings: 'Findings',
  /** From the event to its verdict. */
  secondsToVerdict: 'SecondsToVerdict',
  /** From the event to its alert on the guard's bus; by `channel`, to the channel's answer that it has it. */
  secondsToAlert: 'SecondsToAlert',
  /** From the event to an alert that only the second look at its user gave. It comes late by design. */
  secondsToLateAlert: 'SecondsToLateAlert',
  /** Alerts that the bus has and the table of alerts may not: told once more, they are repeated. */
  alertsUnrecorded: 'AlertsUnrecorded',
  /** Messages that a channel handed on, by `channel`. */
  alerts: 'Alerts',
  /** Users of whom the second look was had. */
  usersJudgedAgain: 'UsersJudgedAgain',
  /** Requests to IAM in one invocation, retries among them; and by `operation`. */
  iamCalls: 'IamCalls',
  /** Requests in one invocation that IAM throttled; and by `operation`. */
  iamThrottles: 'IamThrottles',
  /** By `verdict`. */
  sweptUsers: 'SweptUsers',
  /** Users and policies, by `result`. */
  sweepResults: 'SweepResults',
  sweepSeconds: 'SweepSeconds',
  /** Invocations that threw; by `channel` those of a channel. */
  errors: 'Errors',
} as const;
