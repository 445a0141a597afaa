/** Runs that a fix trained: copies of a training, with changes. */
import type { RunRecord } from "./runRecord.js";

/** What such a copy is called: `fix-2`, and `fix-2-probe` of one of a few epochs. */
export function fixCopyName(
  number: number,
  { isProbe = false }: { readonly isProbe?: boolean } = {},
): string {
  return `fix-${number}${isProbe ? "-probe" : ""}`;
}

/** Whether a run is such a copy, by the name that it was given and the run that it is a part of. */
export function isFixCopy({ name, parent }: Pick<RunRecord, "name" | "parent">): boolean {
  return parent !== undefined && /^fix-\d+(-probe)?$/.test(name);
}
