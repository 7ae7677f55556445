/** Files that CloudTrail writes beside its logs, and that hold no records of calls, by the end of their path. */
export const besideTheLogs = /_CloudTrail-(Digest|Insight|Aggregated)_[^/\\]*$/;

/** Why such files are passed over. */
export const whyBeside = 'a digest or insight file, which holds no records';
