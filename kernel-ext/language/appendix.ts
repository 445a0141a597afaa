/**
 * What is put after a cell's text so that TypeScript sees the names of earlier cells: declarations hoist, so the text
 * itself stays where it is and every position in it is the cell's own.
 */
import { HUB_IMPORT } from "./cellDocuments.js";
import type { CellFacts } from "./cellFacts.js";
import type { Meaning, NameTable } from "./nameTable.js";

export interface Appendix {
  readonly text: string;
  /** Cells it imports from. */
  readonly imports: ReadonlySet<number>;
}

/** How the document names the module of an earlier cell: `__cells.s3`. */
export type ModuleOf = (cell: number) => string;

/** @param facts Of the cell that the appendix is for. */
export function appendixOf(facts: CellFacts, names: NameTable, moduleOf: ModuleOf): Appendix {
  const lines: string[] = [HUB_IMPORT];
  const cells = new Set<number>();
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
    if (together) write(`import ${name} = ${moduleOf(meaning.cell)}.${name};`, meaning);
    else {
      if (asValue)
        write(`declare ${keyword ?? "const"} ${name}: typeof ${moduleOf(value.cell)}.${name};`, value);
      if (type) write(`type ${name} = ${moduleOf(type.cell)}.${name};`, type);
    }
  }
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
