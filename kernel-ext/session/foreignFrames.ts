/** Which lines of a stack are not the person's: Node's inside, this kernel and library, and V8's glue. */
import { isLibraryFrame, showsLibraryFrames } from "../../src/base/libraryFrames.js";

const glue =
  /^\s+at .*(?:\bnode:|\/kernel-ext\/(?:session|magics|front)\/|new Promise \(<anonymous>\)|(?:\(| )<anonymous>(?::\d+:\d+)?\)?$)/;

/** With TUNELAB_TRACE set, the library's own frames are shown: for who looks for a fault in it. */
export function isForeignFrame(line: string): boolean {
  if (glue.test(line)) return true;
  return /^\s+at /.test(line) && !showsLibraryFrames() && isLibraryFrame(line);
}
