/** Tells a path from code on one line, behind an option whose value may be left out: `--tensorboard logs model.predict(x)`. */
import type { Word } from "./tokens.js";

/** Words that another may follow in TypeScript: they are code. */
const beginsCode = new Set(
  "await new typeof void delete const let var function async class import export return throw if for while do try switch type interface enum yield using declare namespace abstract".split(
    " ",
  ),
);
/** Words that stand between two operands: what is before them is code. */
const betweenOperands = new Set(["in", "of", "instanceof", "as", "satisfies"]);

/**
 * True for a word that cannot be code as `next` follows it: a name, a path or a quoted one before what begins an
 * expression. A word that ends the line is code.
 */
export function isPathBeforeCode({ value, quoted }: Word, next: Word | undefined): boolean {
  if (!next || (!quoted && (!/^[\w./~@+-]+$/.test(value) || beginsCode.has(value)))) return false;
  return next.quoted || (/^[\w$]/.test(next.value) && !betweenOperands.has(next.value));
}
