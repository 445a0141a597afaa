/** What of a run cannot be exported is named and left out: the rest is worth having. */

/** Told in a sentence what is left out. */
export type OnProblem = (sentence: string) => void;

export interface Place {
  /** Its name. */
  readonly run: string;
  readonly what: string;
  readonly tag: string;
  readonly step: number;
}

/** `run baseline: image "first" at step 3`. */
export function placeText({ run, what, tag, step }: Place): string {
  return `run ${run}: ${what} ${JSON.stringify(tag)} at step ${step}`;
}

export function leftOut(place: Place, error: unknown): string {
  return `export ${placeText(place)} is left out: ${(error as Error).message}`;
}

export interface Unread {
  /** Why it could not be read. */
  readonly problem: string;
}

/** What is read; else that it could not be, which is told. */
export function orUnread<T>(read: () => T, tell: (error: Error) => void): T | Unread {
  try {
    return read();
  } catch (error) {
    tell(error as Error);
    return { problem: (error as Error).message };
  }
}
