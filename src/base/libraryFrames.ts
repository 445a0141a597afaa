/** Which frames of a stack are this library's and TensorFlow.js's: one rule for programs, notebooks and captured code. */
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The package this runs from: of dist/src/base, or of src/base in a test. */
const root = new URL(import.meta.url.includes("/dist/") ? "../../../" : "../../", import.meta.url);
/** As frames name them: by address, and by path where source maps hold. */
const own = [root.href, fileURLToPath(root)].flatMap((start) =>
  ["bin/", "dist/", "src/", "kernel-ext/", "node_modules/"].map((folder) => start + folder),
);
/** Wherever a package manager put it, and its sources, which its maps place in folders that do not exist. */
const tfjs =
  /\/node_modules\/@tensorflow\/|(?:^|[/( ])tfjs-(?:core|layers|converter|data|backend-\w+)\/src\//;

/** @param frame a line of a stack, or the place in it */
export function isLibraryFrame(frame: string): boolean {
  return tfjs.test(frame) || own.some((folder) => frame.includes(folder));
}

/** Whether who looks for a fault in the library asked for its frames too; TUNELAB_DEBUG is the older name. */
export function showsLibraryFrames(): boolean {
  const { TUNELAB_TRACE, TUNELAB_DEBUG } = process.env;
  return Boolean(TUNELAB_TRACE || TUNELAB_DEBUG);
}
