/**
 * What is put after a cell's text so that TypeScript sees the names of earlier cells: declarations hoist, so the text
 * itself stays where it is and every position in it is the cell's own.
 */
import type { CellFacts } from "./cellFacts.js";
import type { Meaning, NameTable } from "./nameTable.js";

export interface Appendix {
  readonly text: string;
  /** Cells it imports from. */
  readonly imports: ReadonlySet<number>;
}

/** The module name of a cell's document, seen from another one. */
export function cellModule(cell: number): string {
  return `./cell-${cell}`;
}

/** @param facts Of the cell that the appendix is for. */
export function appendixOf(facts: CellFacts, names: NameTable): Appendix {
  const lines: string[] = [];
  const imported = new Map<number, string[]>();
  const cells = new Set<number>();
  const importFrom = ({ cell }: Meaning, name: string) => {
    imported.set(cell, [...(imported.get(cell) ?? []), name]);
    cells.add(cell);
  };
  const write = (line: string, { cell }: Meaning) => {
    lines.push(line);
    cells.add(cell);
  };
  const written = new Set([...facts.writes, ...facts.writesLater]);
  const own = new Set(facts.declares.map(({ name }) => name));
  const usesValue = new Set([...facts.usesNow, ...facts.usesLater, ...written]);
  for (const name of new Set([...usesValue, ...facts.usesTypes])) {
    const value = names.value(name);
    const type = facts.usesTypes.includes(name) ? names.type(name) : undefined;
    const asValue = (usesValue.has(name) || !type) && value;
    const keyword = asValue && bindingKeyword(value, written.has(name));
    const together = !keyword && !own.has(name) && (!asValue || !type || value.cell === type.cell);
    const meaning = asValue || type;
    if (!meaning) continue;
    if (together) importFrom(meaning, name);
    else {
      if (asValue)
        write(
          `declare ${keyword ?? "const"} ${name}: typeof import("${cellModule(value.cell)}").${name};`,
          value,
        );
      if (type) write(`type ${name} = import("${cellModule(type.cell)}").${name};`, type);
    }
  }
  for (const [cell, list] of imported)
    lines.push(`import { ${list.join(", ")} } from "${cellModule(cell)}";`);
  const exported = [...own].filter((name) => !facts.exported.includes(name));
  lines.push(`export { ${exported.join(", ")} };`);
  return { text: `\n;${lines.join(" ")}\n`, imports: cells };
}

/** How a name that the cell assigns must be declared: an import could not be assigned, nor say that it is a constant. */
function bindingKeyword({ kind }: Meaning, written: boolean): "let" | "const" | undefined {
  if (!written) return undefined;
  if (kind === "let" || kind === "var") return "let";
  return kind === "const" || kind === "using" ? "const" : undefined;
}
