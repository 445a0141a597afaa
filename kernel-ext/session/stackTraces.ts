/** `error.stack` as it concerns the person, for whoever reads it: a logger, `inspect`, the report of a cell's error. */
import { cellFrame } from "./cellFrame.js";
import { isForeignFrame } from "./foreignFrames.js";
import { withIntrinsics } from "./intrinsics.js";
import { headOfError, OwnError } from "./primordials.js";
import { foldFrames } from "./repeatedFrames.js";

const { getOwnPropertyDescriptor } = Object;

/**
 * From now on the stacks of this process that lead through a cell leave out the frames that ran it. Others keep all
 * frames: who looks for a fault of the kernel's needs them. What a recursion repeats is counted in both.
 */
export function installStackTraces(): void {
  OwnError.prepareStackTrace = prepare;
}

/**
 * Whether no code of a cell's writes stacks: it may have put another function there, or a getter. Where it took ours away,
 * Node writes them; and leaves `undefined` in its place.
 */
export function isOwnStackTrace(): boolean {
  const found = getOwnPropertyDescriptor(OwnError, "prepareStackTrace");
  if (!found) return !("prepareStackTrace" in OwnError);
  return !found.get && (found.value === prepare || found.value === undefined);
}

function prepare(error: unknown, frames: readonly NodeJS.CallSite[]): string {
  const head = headOf(error);
  try {
    return trace(head, frames);
  } catch {
    // What cells made of JavaScript's objects stood in the way.
    return withIntrinsics(() => trace(head, frames));
  }
}

function trace(head: string, frames: readonly NodeJS.CallSite[]): string {
  const lines = frames.map((frame) => `    at ${frame}`);
  const isCells = lines.some((line) => cellFrame.test(line));
  const kept = lines.filter((line) => !(isCells && isForeignFrame(line)));
  return [head, ...foldFrames(kept, frames.length >= OwnError.stackTraceLimit)].join("\n");
}

/** As V8 writes it. Never throws: an error's own `toString`, or a getter of it, may. */
function headOf(error: unknown): string {
  try {
    return headOfError(error);
  } catch {
    return "<error>";
  }
}
