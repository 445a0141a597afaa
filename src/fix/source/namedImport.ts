/** By which name the code knows something of tunelab's; imported where it is not yet. */
import type { KeptFile } from "./keptCode.js";
import type { Node } from "./syntax.js";

/** Undefined where the file, or a cell before it, imports nothing from tunelab by name. */
export function namedImport(files: readonly KeptFile[], at: KeptFile, name: string): string | undefined {
  const cells = files.slice(0, files.indexOf(at)).filter(({ path }) => /\/cell-\d+\.ts$/.test(path));
  const seen = [at, ...cells.reverse()].flatMap((file) => importsOf(file).map((node) => ({ file, node })));
  for (const { node } of seen) {
    const known = specifiers(node).find(({ imported }) => (imported as Node).name === name);
    if (known) return String((known.local as Node).name);
  }
  const first = seen.find(({ node }) => specifiers(node).length > 0);
  const last = first && specifiers(first.node).at(-1);
  if (!first || !last) return undefined;
  first.file.edit.appendLeft(last.end, `, ${name}`);
  return name;
}

function importsOf({ tree }: KeptFile): Node[] {
  return (tree.body as readonly Node[]).filter(
    ({ type, source, importKind }) =>
      type === "ImportDeclaration" && (source as Node).value === "tunelab" && importKind !== "type",
  );
}

function specifiers(declaration: Node): Node[] {
  return (declaration.specifiers as readonly Node[]).filter(({ type }) => type === "ImportSpecifier");
}
