import { host, hostInstalled } from "../../base/host.js";
import { isLibraryFrame } from "../../base/libraryFrames.js";

const frame = /^\s+at (?!async )(?:.*\()?((?:file:\/\/)?[^()]+?:\d+:\d+)\)?$/;
/** TensorFlow.js calls an op from some twenty functions deep, a model its layers from more. */
const deepest = 100;

/**
 * The line of the person's code that is running now, such as `train.ts:12:5`; undefined where only libraries run.
 * Of a file below the working folder the path from there.
 */
export function personsLine(): string | undefined {
  return personsLineOf(withDeepStacks(() => new Error()).stack);
}

/** That of an error's stack, if it is a text: the innermost. */
export function personsLineOf(stack: unknown): string | undefined {
  if (typeof stack !== "string") return undefined;
  for (const line of stack.split("\n")) {
    const place = frame.exec(line)?.[1]?.replace(/^file:\/\//, "");
    if (place === undefined || isForeign(place)) continue;
    const folder = `${process.cwd()}/`;
    const written = (hostInstalled() ? host().written?.(place) : undefined) ?? place;
    return written.startsWith(folder) ? written.slice(folder.length) : written;
  }
  return undefined;
}

/** What `work` returns; errors that are made meanwhile have a stack that reaches the person's code. */
export function withDeepStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  if (stackTraceLimit >= deepest) return work();
  Error.stackTraceLimit = deepest;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Where a person's own line is asked for, no package is theirs. */
const foreign = /node_modules\/|^node:|^evalmachine|<anonymous>/;

function isForeign(place: string): boolean {
  return foreign.test(place) || isLibraryFrame(place);
}
