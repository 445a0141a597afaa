/** All steps on one foot, each as a line: as TensorBoard's overlay mode. */
import { plainLabels } from "../axisLabels.js";
import { expressionList, type Spec } from "../inlineData.js";
import { neutral, runColour } from "../palette.js";
import type { PanelStyle } from "../section.js";
import {
  type BinnedSteps,
  binnedCard,
  binTooltip,
  middleOf,
  stepColour,
  valueChannel,
} from "./binnedSteps.js";

export function histogramOverlay(of: BinnedSteps, style: PanelStyle): Spec {
  return {
    ...binnedCard(of, style),
    transform: [
      { calculate: middleOf(of), as: "x" },
      { calculate: `datum.h * ${of.tallest}`, as: "count" },
      { calculate: `${expressionList(of.steps)}[datum.i]`, as: "step" },
    ],
    mark: { type: "line", strokeWidth: 1.1, opacity: 0.85, clip: true },
    encoding: {
      x: valueChannel(of),
      y: {
        field: "count",
        type: "quantitative",
        title: null,
        scale: { zero: true, nice: false },
        axis: { ...plainLabels, orient: "right", tickCount: 4 },
      },
      detail: { field: "i", type: "ordinal" },
      color: stepColour(of.steps, [neutral, runColour(0)]),
      ...(style.interactive ? { tooltip: binTooltip } : {}),
    },
  };
}
