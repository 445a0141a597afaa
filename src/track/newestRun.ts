/** The one run that a word means where only one can be meant. */
import { visibleControls } from "../base/visibleControls.js";
import { warnOnce } from "../base/warnOnce.js";
import { type FindRunsOptions, findRuns } from "./findRuns.js";
import { readRunRecord } from "./runReader.js";

export interface NewestRunOptions extends FindRunsOptions {
  /** Told which run it is where several fit; else said once, beside the program's output. */
  readonly say?: ((sentence: string) => void) | undefined;
}

/**
 * The folder of the run that is meant; of several that fit, the newest, and that is said with its id. Undefined where a
 * pattern fits none.
 *
 * Throws as `findRuns` does.
 */
export function newestRun(word: string, { dir, say = warnOnce }: NewestRunOptions = {}): string | undefined {
  const dirs = findRuns(word, dir === undefined ? {} : { dir });
  const newest = dirs.at(-1);
  if (newest !== undefined && dirs.length > 1) say(newestOf(word, newest, dirs.length));
  return newest;
}

/** @param count of the runs that fit `word` */
export function newestOf(word: string, newest: string, count: number): string {
  const { id } = readRunRecord(newest);
  const asked = visibleControls(JSON.stringify(word));
  return `${asked} means the newest of ${count} runs of this name, ${id}; another one is asked for by its id`;
}
