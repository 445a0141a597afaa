/** How a function is captured, and what is kept of it. */

export interface CaptureOptions {
  /** What it is called in messages and profiles. Default: the function's own name. */
  readonly name?: string;
  /** Decides the random numbers of all calls: a whole number of at least 0. Default: others in each program. */
  readonly seed?: number;
  /** How many captures are kept, one for each signature of arguments; at least 1. Default 16. */
  readonly capacity?: number;
  /**
   * When to run op by op: `never`; `fallback` where the function cannot be captured (`reasons` says why); `always`, to
   * look for a fault. The numbers are the same. Default `never`.
   */
  readonly eager?: "never" | "fallback" | "always";
}

/** What is kept for one signature of arguments. */
export interface CaptureNote {
  /** Types, shapes and nesting of the arguments, such as `[float32[64,784], float32[64,10]]`. */
  readonly signature: string;
  /** What capturing took. */
  readonly milliseconds: number;
}
