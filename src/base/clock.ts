/** Where time comes from, so that tests can bring their own. */

export interface Clock {
  /** Seconds since 1970-01-01 UTC, as TensorBoard's `wall_time`. May go backwards: it is the wall's. */
  wallTime(): number;
}

export const systemClock: Clock = { wallTime: () => Date.now() / 1000 };

/** ISO 8601 in UTC with milliseconds, the form in which records on disk carry times. */
export function isoTime(clock: Clock): string {
  return new Date(clock.wallTime() * 1000).toISOString();
}
