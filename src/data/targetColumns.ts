import type { TargetColumn } from "./columns.js";
import type { Split } from "./split.js";

/** The targets of a split in their order. @param classes of the only one, where the split has no columns */
export function targetColumns(
  { columns, y, targetShape, taken }: Pick<Split, "columns" | "y" | "targetShape" | "taken">,
  classes: number | undefined,
): readonly TargetColumn[] {
  return columns?.targets ?? [{ name: undefined, values: y, shape: targetShape, classes, taken }];
}
