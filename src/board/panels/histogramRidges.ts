/** Histograms as offset ridgelines, the newest in front: TensorBoard's offset mode. */
import { spread } from "../downsample.js";
import { expressionList, type Spec } from "../inlineData.js";
import { edge } from "../look.js";
import type { PanelStyle } from "../section.js";
import {
  type BinnedSteps,
  binnedCard,
  binTooltip,
  middleOf,
  stepColour,
  valueChannel,
} from "./binnedSteps.js";

/** The tallest ridge, in units of the distance between two of them. */
const overlap = 7;

/** The vertical axis has its name over its labels, on the right: beside them there is no room for it. */
const titleAboveLabels: Spec = {
  titleAngle: 0,
  titleAlign: "left",
  titleBaseline: "bottom",
  titleX: 3,
  titleY: 2,
  titleFontWeight: "normal",
};

export function histogramRidges(of: BinnedSteps, style: PanelStyle): Spec {
  const { steps, tallest } = of;
  const last = steps.length - 1;
  const height = steps.length > 1 ? overlap : 1;
  const marked = spread(
    steps.map((_, i) => i),
    4,
  );
  return {
    ...binnedCard(of, style),
    transform: [
      { calculate: middleOf(of), as: "x" },
      { calculate: `${last} - datum.i`, as: "foot" },
      { calculate: `datum.foot + ${height} * datum.h`, as: "top" },
      ...(style.interactive
        ? [
            { calculate: `${expressionList(steps)}[datum.i]`, as: "step" },
            { calculate: `datum.h * ${tallest}`, as: "count" },
          ]
        : []),
    ],
    mark: {
      type: "area",
      style: edge,
      strokeWidth: 0.6,
      strokeOpacity: 0.8,
      fillOpacity: 0.92,
      interpolate: "linear",
      line: false,
    },
    encoding: {
      x: valueChannel(of),
      y: {
        field: "foot",
        type: "quantitative",
        title: "step",
        scale: { domain: [0, last + height], nice: false, zero: false },
        axis: {
          orient: "right",
          ...titleAboveLabels,
          values: marked.map((i) => last - i),
          labelExpr: `format(${expressionList(steps)}[${last} - datum.value], '.3~s')`,
          domain: false,
          ticks: false,
          grid: false,
        },
      },
      y2: { field: "top" },
      detail: { field: "i", type: "ordinal" },
      color: stepColour(steps, ["#a9c6e6", "#1c5c9c"]),
      ...(style.interactive ? { tooltip: binTooltip } : {}),
    },
  };
}
