/** What times are asked for: records from `since` on and before `until`. Either end may be open. */
export interface TimeSpan {
  readonly since?: Date;
  readonly until?: Date;
}
