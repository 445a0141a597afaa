/** Whether a training looks at itself before its first step. */
import { host, hostInstalled } from "../base/host.js";
import { shown } from "../base/shown.js";
import { isWatched } from "../native/opWatch.js";
import type { FitOptions } from "./fitOptions.js";

/**
 * In notebooks unless it is refused or ops are profiled, to which it would add its own; elsewhere if it is asked for. Never in
 * a sweep's trial, of which there are many, nor in a training that is gone on with.
 *
 * @throws TypeError for another kind of value.
 */
export function preflightOf({ preflight, resume, trial }: FitOptions): boolean {
  if (preflight !== undefined && typeof preflight !== "boolean")
    throw new TypeError(`fit needs preflight to be true or false; it was given ${shown(preflight)}`);
  const here = hostInstalled() ? host() : undefined;
  if (resume !== undefined || trial !== undefined || here?.trial?.() !== undefined) return false;
  return preflight ?? (here?.kind === "notebook" && !isWatched());
}
