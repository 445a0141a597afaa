/** Which lines of a stack a person looks for: those of their own code. */
import { fileURLToPath } from "node:url";

/** The package this runs from: of dist/src/base, or of src/base in a test. */
const root = new URL(import.meta.url.includes("/dist/") ? "../../../" : "../../", import.meta.url);
/** As frames name them: by address, and by path where source maps hold. */
const own = [root.href, fileURLToPath(root)].flatMap((start) =>
  ["bin/", "dist/", "src/", "kernel-ext/", "node_modules/"].map((folder) => start + folder),
);

/** `stack` without the frames of this package and of Node; TUNELAB_TRACE, for who looks for a fault in them, keeps all. */
export function personFrames(stack: string): string {
  if (process.env.TUNELAB_TRACE) return stack;
  const isForeign = (line: string) =>
    (/^\s+at /.test(line) && (/[ (]node:/.test(line) || own.some((folder) => line.includes(folder)))) ||
    /^\s+\.\.\. \d+ lines matching cause stack trace \.\.\.$/.test(line);
  return stack
    .split("\n")
    .filter((line) => !isForeign(line))
    .join("\n");
}
