/** Which lines of a stack are not the person's: Node's inside, this kernel and library, and V8's glue. */
import process from "node:process";
import { fileURLToPath } from "node:url";

const glue =
  /^\s+at .*(?:\bnode:|\/kernel-ext\/(?:session|magics|front)\/|new Promise \(<anonymous>\)|(?:\(| )<anonymous>(?::\d+:\d+)?\)?$)/;

/** The package this runs from: of dist/kernel-ext/session, or of kernel-ext/session in a test. */
const root = fileURLToPath(
  new URL(import.meta.url.includes("/dist/") ? "../../.." : "../..", import.meta.url),
);
const own = ["dist/", "src/", "kernel-ext/", "node_modules/@tensorflow/"].map((folder) => `${root}${folder}`);

/** With TUNELAB_TRACE set, the library's own frames are shown: for who looks for a fault in it. */
export function isForeignFrame(line: string): boolean {
  if (glue.test(line)) return true;
  return /^\s+at /.test(line) && !process.env.TUNELAB_TRACE && own.some((folder) => line.includes(folder));
}
