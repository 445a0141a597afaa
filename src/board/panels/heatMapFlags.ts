/** The doctor's verdicts in a heat map of layers. */
import type { Spec } from "../inlineData.js";
import type { LayerTag } from "../layers.js";
import { rim, written } from "../look.js";
import { severityColours } from "../palette.js";
import type { PanelStyle } from "../section.js";
import type { BoardRun } from "../series.js";
import { layerGroups, prefixOf, restOf } from "../tagGroups.js";
import {
  type PlacedVerdict,
  severityShapes,
  verdictData,
  verdictsOn,
  verdictTooltip,
} from "./verdictMarks.js";

/** A verdict in the line of its layer, at the step from which on it was seen. */
export interface Flag extends PlacedVerdict {
  readonly layer: number;
}

/** The verdicts of a run whose evidence is of one of the layers. */
export function flagsOf(run: BoardRun, layers: readonly LayerTag[], style: PanelStyle): Flag[] {
  return layers.flatMap(({ tag }, layer) => {
    const evidence = (run.verdicts ?? []).filter((verdict) =>
      verdict.tags.some((one) => layerGroups.includes(prefixOf(one)) && restOf(one) === restOf(tag)),
    );
    // Its evidence is of another series of the same weight, logged on the same steps.
    const verdicts = evidence.map((verdict) => ({ ...verdict, tags: [tag] }));
    return verdictsOn([{ ...run, verdicts }], [tag], { ...style, x: "step" }).map((flag) => ({
      ...flag,
      layer,
    }));
  });
}

export function flagMarks(flags: readonly Flag[], { x, y, middle, style }: FlagPlace): Spec[] {
  return flags.flatMap((flag) => {
    const { severity } = flag.verdict;
    const data = verdictData(flag);
    const place = { x: { ...x, field: "x" }, y };
    const transform = [{ calculate: String(flag.layer), as: "l" }];
    const side = flag.x > middle ? { align: "right", dx: -9 } : { align: "left", dx: 15 };
    const text = { type: "text", baseline: "middle", fontSize: 10, fontWeight: "bold", ...side };
    const name = { ...place, text: { field: "problem", type: "nominal" } };
    return [
      { data, transform, mark: { ...text, style: rim, strokeWidth: 4, strokeJoin: "round" }, encoding: name },
      { data, transform, mark: { ...text, style: written }, encoding: name },
      {
        data,
        transform,
        mark: {
          type: "point",
          shape: severityShapes[severity],
          filled: true,
          size: 90,
          // Beside the layer's name.
          ...(flag.x > middle ? {} : { xOffset: 6 }),
          opacity: 1,
          stroke: "#ffffff",
          strokeWidth: 1,
        },
        encoding: {
          ...place,
          color: { value: severityColours[severity] },
          ...(style.interactive ? { tooltip: verdictTooltip } : {}),
        },
      },
    ];
  });
}

interface FlagPlace {
  readonly x: Spec;
  readonly y: Spec;
  readonly middle: number;
  readonly style: PanelStyle;
}
