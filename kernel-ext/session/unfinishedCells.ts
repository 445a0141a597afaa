/** Names that have no value because their cell failed, or was interrupted, before it gave them one. */
import { cellName } from "../language/cellName.js";
import type { CellRecord } from "./compiledCell.js";
import { property } from "./property.js";

/** What to say of `name` when it has no value: the cell that declared it last, where that did not run to its end. */
export function unfinishedCell(name: string, cells: readonly CellRecord[]): string | undefined {
  const last = cells.findLast(({ facts }) =>
    facts?.declares.some((declaration) => declaration.value && declaration.name === name),
  );
  if (last?.status !== "error") return undefined;
  return `${cellName(last.number)} declares ${name}, but did not run to its end: run it again`;
}

/**
 * The same below an error that says of a name that it is not defined.
 *
 * @param cells those before the one that failed.
 */
export function unfinishedHint(error: unknown, cells: readonly CellRecord[]): string | undefined {
  if (property(error, "name") !== "ReferenceError") return undefined;
  const message = String(property(error, "message") ?? "");
  const [, name] = /^([\w$]+) is not defined$/.exec(message) ?? [];
  const unfinished = name === undefined ? undefined : unfinishedCell(name, cells);
  return unfinished && `${unfinished}.`;
}
