/**
 * A process that compiles files for `compileApart`: `node fileCompiler.js`, with a list of them (`LocalSource`) as JSON
 * on its input. Writes a line of JSON (`Answer`) for each, in their order. What nests too deeply for the native parser
 * ends it.
 */
import { SourceTextModule } from "node:vm";
import { isStackOverflow } from "../../language/nesting.js";
import { readWhole, writeWhole } from "../lineChannel.js";
import type { Answer } from "./compileApart.js";
import { type LocalSource, transformLocal } from "./transformLocal.js";

// A Ctrl-C in the terminal is the front's to handle.
process.on("SIGINT", () => undefined);

for (const local of JSON.parse(readWhole(0)) as LocalSource[])
  writeWhole(1, `${JSON.stringify(answer(local))}\n`);

function answer(local: LocalSource): Answer {
  try {
    const transformed = transformLocal(local);
    parseAsLoaded(transformed.code);
    return transformed;
  } catch (error) {
    if (isStackOverflow(error)) return { isTooDeep: true };
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** V8's parser has less of a stack, and tells of its end without a word of the file. */
function parseAsLoaded(code: string): void {
  try {
    new SourceTextModule(code);
  } catch (error) {
    // A mistake of another kind is told, with its place, when the module is loaded.
    if (isStackOverflow(error)) throw error;
  }
}
