import { fileURLToPath } from "node:url";

/** This library's own code: src/, in a checkout or in what was built from it. */
const library = fileURLToPath(new URL("../..", import.meta.url));
const frame = /^\s+at (?!async )(?:.*\()?((?:file:\/\/)?[^()]+?:\d+:\d+)\)?$/;

/**
 * The line of the person's code that is running now, such as `train.ts:12:5`; undefined where only libraries run.
 * Of a file below the working folder the path from there.
 */
export function personsLine(): string | undefined {
  const { stackTraceLimit } = Error;
  // TensorFlow.js calls an op from some twenty functions deep, a model its layers from more.
  Error.stackTraceLimit = 100;
  const { stack } = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  if (typeof stack !== "string") return undefined;
  for (const line of stack.split("\n")) {
    const place = frame.exec(line)?.[1]?.replace(/^file:\/\//, "");
    if (place === undefined || isForeign(place)) continue;
    const folder = `${process.cwd()}/`;
    return place.startsWith(folder) ? place.slice(folder.length) : place;
  }
  return undefined;
}

function isForeign(place: string): boolean {
  return place.startsWith(library) || /node_modules\/|^node:|^evalmachine|<anonymous>/.test(place);
}
