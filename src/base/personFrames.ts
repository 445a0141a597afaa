/** Which lines of a stack a person looks for: those of their own code. */
import { isLibraryFrame, showsLibraryFrames } from "./libraryFrames.js";

/** `stack` without the frames of this package, of TensorFlow.js and of Node; with TUNELAB_TRACE set, all of it. */
export function personFrames(stack: string): string {
  if (showsLibraryFrames()) return stack;
  const isForeign = (line: string) =>
    (/^\s+at /.test(line) && (/[ (]node:/.test(line) || isLibraryFrame(line))) ||
    /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.$/.test(line);
  return stack
    .split("\n")
    .filter((line) => !isForeign(line))
    .join("\n");
}
