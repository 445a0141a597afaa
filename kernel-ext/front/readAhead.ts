/** Reads a source as the front will, to see whether it can be read. */
import { parseAsCompiled } from "../language/compileCell.js";
import { isComplete } from "../language/isComplete.js";
import { isStackOverflow } from "../language/nesting.js";
import { parseCell } from "../language/parseCell.js";
import { draftText } from "../magics/draftText.js";
import { magics } from "../magics/magics.js";
import { splitMagics } from "../magics/split.js";
import type { PrepareOptions } from "./prepareCell.js";

/** `draft`: for completion and inspection. */
export type Reading = "cell" | "completeness" | "draft";

/** What the front asks the probe. */
export interface Question {
  readonly reading: Reading;
  readonly source: string;
  /** Of a cell: how it is compiled. */
  readonly options?: Omit<PrepareOptions, "own">;
}

/** Returns when the source was read; ends the process when it nests too deeply. */
export async function readAhead({ reading, source, options }: Question): Promise<void> {
  try {
    if (reading === "cell") await parseAsCompiled(splitMagics(source, magics).source, options);
    else if (reading === "completeness") isComplete(source, magics);
    else parseCell(draftText(source, magics));
  } catch (error) {
    // Functions of ours end nothing: the front has a stack of its own for them, and tells of it.
    if (!isStackOverflow(error)) throw error;
  }
}
