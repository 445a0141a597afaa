/** The tooltip of one point: the nearest to the pointer. */
import type { Spec } from "../inlineData.js";
import type { PanelStyle } from "../section.js";
import { stepTip, tip } from "./tip.js";

interface Context {
  readonly style: PanelStyle;
  /** Of the chart's selections. */
  readonly id: string;
  /** What a step is called. */
  readonly step: string;
}

/** A layer over rows of `scalarData`. */
export function hoverPoint({ style, id, step }: Context, encoding: Spec, paired: boolean): Spec {
  const hover = `${id}_hover`;
  return {
    params: [{ name: hover, select: { type: "point", on: "mouseover", clear: "mouseout", nearest: true } }],
    // Clipped: one beyond the axis would push all other charts away.
    mark: { type: "point", filled: true, size: 55, clip: true },
    encoding: {
      ...encoding,
      opacity: { condition: { param: hover, empty: false, value: 1 }, value: 0 },
      tooltip: [
        tip("run", "run", "nominal"),
        ...(paired ? [tip("set", "set", "nominal")] : []),
        { ...tip("s", "smoothed"), format: ".6~g" },
        { ...tip("v", "value"), format: ".7~g" },
        stepTip(style, step),
        { ...tip("time", "time", "temporal"), format: "%Y-%m-%d %H:%M:%S" },
      ],
    },
  };
}
