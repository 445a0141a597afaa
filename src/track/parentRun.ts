/** A run as a part of another one: a fold of a cross-validation, a stage of a training. */
import { dirname, resolve } from "node:path";
import { newestRun } from "./newestRun.js";
import { readRunRecord } from "./runReader.js";

/** A run, or its folder, id or name (the newest of that name). */
export type ParentRun = string | { readonly id: string; readonly dir: string };

export interface FoundParent {
  readonly id: string;
  readonly group?: string;
  /** The folder of runs in which it lies: where its parts lie, too, unless said otherwise. */
  readonly folder: string;
}

/**
 * @param dir the folder of runs in which a name is looked for
 * @throws RangeError with the nearest names if there is no such run.
 */
export function findParent(parent: ParentRun, dir?: string): FoundParent {
  const found = typeof parent === "string" ? newestRun(parent, dir === undefined ? {} : { dir }) : parent.dir;
  if (found === undefined)
    throw new RangeError(`open run: its parent must be a run; none is called ${JSON.stringify(parent)}`);
  const { id, group } = readRunRecord(found);
  return { id, ...(group !== undefined && { group }), folder: dirname(resolve(found)) };
}
