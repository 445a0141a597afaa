/** The parameters that a chart has room for. */
import type { ParameterAxis, SweepData } from "../sweepData.js";

export interface ShownAxes {
  /** In the order in which trials asked for them. */
  readonly shown: readonly ParameterAxis[];
  /** Undefined where all are shown. */
  readonly note?: string;
}

/** The most important ones, or without importances the first. */
export function mostImportant(
  axes: readonly ParameterAxis[],
  most: number,
  { importances = {} }: Pick<SweepData, "importances">,
): ShownAxes {
  if (axes.length <= most) return { shown: axes };
  const weight = ({ name }: ParameterAxis) =>
    Object.hasOwn(importances, name) ? (importances[name] as number) : 0;
  const kept = new Set([...axes].sort((a, b) => weight(b) - weight(a)).slice(0, most));
  const which = Object.keys(importances).length > 0 ? "most important" : "first";
  return {
    shown: axes.filter((axis) => kept.has(axis)),
    note: `the ${most} ${which} of ${axes.length} parameters`,
  };
}
