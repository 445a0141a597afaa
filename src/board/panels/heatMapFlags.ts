/** The doctor's verdicts in a heat map of layers. */
import { inlineData, type Spec } from "../inlineData.js";
import type { LayerTag } from "../layers.js";
import { rim, written } from "../look.js";
import { severityColours } from "../palette.js";
import type { PanelStyle } from "../section.js";
import type { BoardRun } from "../series.js";
import { layerGroups, prefixOf, restOf } from "../tagGroups.js";
import { type Flag, type FlagNames, flagGroups, type MapSize } from "./flagGroups.js";
import { severityShapes, verdictData, verdictsOn, verdictTooltip } from "./verdictMarks.js";

/** The verdicts on one layer whose evidence is of that layer: what is said of the whole run belongs to no line. */
export function flagsOf(run: BoardRun, layers: readonly LayerTag[], style: PanelStyle): Flag[] {
  return layers.flatMap(({ tag }, layer) => {
    const evidence = (run.verdicts ?? []).filter(
      (verdict) =>
        verdict.layer !== undefined &&
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

/** Marks at pixels of the map, and their names. */
export function flagMarks(flags: readonly Flag[], { size, y, style }: FlagPlace): Spec[] {
  return flagGroups(flags, size).flatMap(({ layer, marks, names }) => [
    ...(names ? nameMarks(names, { layer, y }) : []),
    ...marks.map(({ flag, at }) => flagMark(flag, { at, y, style })),
  ]);
}

function nameMarks({ text, align, at, limit }: FlagNames, { layer, y }: { layer: number; y: Spec }): Spec[] {
  const data = inlineData({ l: "number", names: "string" }, [[layer, text]]);
  const mark = { type: "text", baseline: "middle", fontSize: 10, fontWeight: "bold", align, limit };
  const encoding = { x: { value: at }, y, text: { field: "names", type: "nominal" } };
  return [
    { data, mark: { ...mark, style: rim, strokeWidth: 4, strokeJoin: "round" }, encoding },
    { data, mark: { ...mark, style: written }, encoding },
  ];
}

function flagMark(flag: Flag, { at, y, style }: { at: number; y: Spec; style: PanelStyle }): Spec {
  const { severity } = flag.verdict;
  return {
    data: verdictData(flag),
    transform: [{ calculate: String(flag.layer), as: "l" }],
    mark: {
      type: "point",
      shape: severityShapes[severity],
      filled: true,
      size: 90,
      opacity: 1,
      stroke: "#ffffff",
      strokeWidth: 1,
    },
    encoding: {
      x: { value: at },
      y,
      color: { value: severityColours[severity] },
      ...(style.interactive ? { tooltip: verdictTooltip } : {}),
    },
  };
}

interface FlagPlace {
  readonly size: MapSize;
  readonly y: Spec;
  readonly style: PanelStyle;
}
