/** The code that a run keeps, as syntax trees that can be written over. */
import MagicString from "magic-string";
import { parseSync } from "oxc-parser";
import { type RunRecord, storedText } from "../../track/index.js";
import { type Node, nodesIn } from "./syntax.js";

export interface KeptFile {
  /** Below the run's folder, with a slash. */
  readonly path: string;
  readonly text: string;
  readonly tree: Node;
  /** Written over. */
  readonly edit: MagicString;
}

/** What a name stands for, and where. */
export interface Place {
  readonly file: KeptFile;
  readonly node: Node;
}

/** In the order in which it ran, the program or the cell that trained last. Without magics and what is no code. */
export function keptCode(dir: string, { code }: Pick<RunRecord, "code">): KeptFile[] {
  return code.flatMap((name) => {
    const text = textInside(dir, name);
    if (text === undefined) return [];
    const isScript = /\.[cm]?[jt]sx?$/.test(name);
    if (!isScript) return [];
    const { program, errors } = parseSync(name, text, { preserveParens: false });
    if (errors.length > 0) return [];
    return [{ path: `code/${name}`, text, tree: program as unknown as Node, edit: new MagicString(text) }];
  });
}

/** A record from elsewhere may name files outside: a patch is made of those inside alone. */
function textInside(dir: string, name: string): string | undefined {
  try {
    return storedText(dir, name);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

export function placesOf(files: readonly KeptFile[], fits: (node: Node) => boolean): Place[] {
  return files.flatMap((file) =>
    [...nodesIn(file.tree.body)].filter(fits).map((node): Place => ({ file, node })),
  );
}

/**
 * What was declared last under a name before a place: a variable's first value, or a function. Undefined of a parameter, or
 * what is imported.
 */
export function declared(files: readonly KeptFile[], name: string, { file, node }: Place): Place | undefined {
  const earlier = files.slice(0, files.indexOf(file) + 1);
  const found = placesOf(
    earlier,
    ({ type, id, init }) =>
      (id as Node | null)?.name === name &&
      (type === "FunctionDeclaration" || (type === "VariableDeclarator" && init !== null)),
  ).filter(
    (place) =>
      place.file !== file || place.node.type === "FunctionDeclaration" || place.node.start < node.start,
  );
  const last = found.at(-1);
  return last && { file: last.file, node: (last.node.init as Node | undefined) ?? last.node };
}
