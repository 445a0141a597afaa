/** Where time comes from, so that tests can bring their own. */

export interface Clock {
  /** Seconds since 1970-01-01 UTC, as TensorBoard's `wall_time`. May go backwards: it is the wall's. */
  wallTime(): number;
}

export const systemClock: Clock = { wallTime: () => Date.now() / 1000 };

/** Whether it can be when something was logged: from 1970 until the year 5138. Event files may hold any number there. */
export function isWallTime(seconds: number): boolean {
  return seconds > 0 && seconds < 1e11;
}

/** ISO 8601 in UTC with milliseconds, the form in which records on disk carry times. */
export function isoTime(clock: Clock): string {
  return new Date(clock.wallTime() * 1000).toISOString();
}
