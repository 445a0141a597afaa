/** What a person typed to start this program, where the command line runs it within its own process. */

let typed: readonly string[] | undefined;

/** @param words such as `["tunelab", "run", "baseline.ts"]` */
export function noteTypedCommand(words: readonly string[]): void {
  typed = words;
}

/** Undefined where Node was started with the program itself. */
export function typedCommand(): readonly string[] | undefined {
  return typed;
}
