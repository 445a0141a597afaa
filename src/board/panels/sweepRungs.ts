/** Successive halving, rung by rung: how many came there and were stopped, and what they were held to. */

import type { RungDecision } from "../../sweep/rungDecisions.js";
import { stepLabels } from "../axisLabels.js";
import { spread } from "../downsample.js";
import { type Cell, expressionList, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import { metricTitle, type SweepData } from "../sweepData.js";
import { bestColour, trialLooks } from "../trialLooks.js";
import { yScale } from "../yScale.js";

const fates = ["went on", "stopped"] as const;
const fate: Spec = {
  field: "f",
  type: "nominal",
  scale: { domain: fates, range: [trialLooks.complete.colour, trialLooks.pruned.colour] },
  legend: { title: null, orient: "top" },
};

/** None of a sweep that had no rungs. */
export function rungsSection(sweep: SweepData, style: PanelStyle): Section[] {
  if (!sweep.rungs) return [];
  const { rule } = sweep.rungs;
  // Workers bring their reports in any order: a repeatable sweep has one picture all the same.
  const decisions = sweep.rungs.decisions.toSorted((a, b) => a.trial - b.trial || a.rung - b.rung);
  return [
    {
      title: `rungs of ${sweep.name} (${rule})`,
      columns: 2,
      cards: [rungCounts(decisions, style), rungValues(sweep, decisions, style)],
    },
  ];
}

function rungsOf(decisions: readonly RungDecision[]): number[] {
  return [...new Set(decisions.map(({ rung }) => rung))].sort((a, b) => a - b);
}

function rungCounts(decisions: readonly RungDecision[], style: PanelStyle): Spec {
  const counts = rungsOf(decisions).map((rung) => {
    const there = decisions.filter((decision) => decision.rung === rung);
    const stopped = there.filter((decision) => decision.stopped).length;
    return { rung, stopped, wentOn: there.length - stopped };
  });
  const tallest = Math.max(...counts.map(({ stopped, wentOn }) => stopped + wentOn));
  return {
    title: chartTitle("trials at each rung", "over each: how many went on"),
    description: counts
      .map(({ rung, stopped, wentOn }) => `step ${rung}: ${stopped + wentOn} judged, ${stopped} stopped`)
      .join("; "),
    ...style.half,
    encoding: { x: rungAxis() },
    layer: [
      {
        data: inlineData(
          { r: "number", c: "number", f: "string", o: "number" },
          counts.flatMap(({ rung, stopped, wentOn }): Cell[][] => [
            [rung, wentOn, "went on", 0],
            [rung, stopped, "stopped", 1],
          ]),
        ),
        mark: { type: "bar", width: { band: 0.6 } },
        encoding: {
          y: {
            field: "c",
            type: "quantitative",
            title: "trials judged",
            stack: "zero",
            scale: { domain: [0, tallest * 1.12], nice: false },
            axis: { tickMinStep: 1, tickCount: 5, format: "d" },
          },
          color: fate,
          order: { field: "o", type: "quantitative" },
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "r", title: "step", type: "quantitative" },
                  { field: "f", title: "fate" },
                  { field: "c", title: "trials", type: "quantitative" },
                ],
              }
            : {}),
        },
      },
      {
        data: inlineData(
          { r: "number", c: "number", t: "string" },
          counts.map(({ rung, stopped, wentOn }): Cell[] => [
            rung,
            stopped + wentOn,
            `${wentOn} of ${stopped + wentOn}`,
          ]),
        ),
        mark: { type: "text", style: written, dy: -6, fontSize: 10.5 },
        encoding: { y: { field: "c", type: "quantitative" }, text: { field: "t", type: "nominal" } },
      },
    ],
  };
}

/** Each value with what it was held to; the mark is what a trial that came now would be held to, nearly. */
function rungValues(sweep: SweepData, decisions: readonly RungDecision[], style: PanelStyle): Spec {
  const finite = decisions.filter(({ value }) => Number.isFinite(value));
  const shown = spread(finite, style.points * 2);
  const rungs = rungsOf(decisions);
  const latest = rungs.flatMap((rung): [number, number][] => {
    const last = decisions.findLast((decision) => decision.rung === rung && Number.isFinite(decision.cutoff));
    return last ? [[rung, last.cutoff]] : [];
  });
  const y = yScale(
    finite.flatMap(({ value, cutoff }) => [value, cutoff]),
    style.y,
  );
  const value = { field: "v", type: "quantitative", title: metricTitle(sweep), scale: y.scale, axis: y.axis };
  const lost = decisions.length - finite.length;
  const notes = [
    ...(latest.length > 0 ? ["bar: the cut-off of the last trial"] : []),
    ...(shown.length < finite.length ? [`${shown.length} of ${finite.length} values drawn`] : []),
    ...(lost > 0 ? [`${lost} not finite`] : []),
  ];
  return {
    title: { ...chartTitle("values at each rung", notes.join("; ")), limit: style.half.width },
    description: `${sweep.metric} of each trial at each rung, and the cut-off: ${latest.map(([rung, cutoff]) => `step ${rung}: ${cutoff}`).join("; ")}`,
    ...style.half,
    layer: [
      {
        data: inlineData(
          { n: "number", x: "number", r: "number", v: "number", c: "number", f: "string" },
          shown.map(({ trial, rung, value: at, cutoff, stopped }): Cell[] => [
            trial,
            rungs.indexOf(rung) + offsetOf(trial),
            rung,
            at,
            cutoff,
            fates[stopped ? 1 : 0] as string,
          ]),
        ),
        mark: { type: "point", size: 34, strokeWidth: 1.5, opacity: 0.85, clip: true },
        encoding: {
          x: placeAxis(rungs),
          y: value,
          color: fate,
          shape: {
            ...fate,
            scale: { domain: fates, range: [trialLooks.complete.shape, trialLooks.pruned.shape] },
          },
          ...(style.interactive
            ? {
                tooltip: [
                  { field: "n", title: "trial", type: "quantitative" },
                  { field: "r", title: "rung (step)", type: "quantitative" },
                  { field: "v", title: sweep.metric, type: "quantitative", format: ".7~g" },
                  { field: "c", title: "cut-off then", type: "quantitative", format: ".7~g" },
                  { field: "f", title: "fate" },
                ],
              }
            : {}),
        },
      },
      {
        data: inlineData(
          { a: "number", b: "number", v: "number" },
          latest.map(([rung, cutoff]) => [rungs.indexOf(rung) - 0.42, rungs.indexOf(rung) + 0.42, cutoff]),
        ),
        mark: { type: "rule", strokeWidth: 2.4, color: bestColour },
        encoding: { x: { ...placeAxis(rungs), field: "a" }, x2: { field: "b" }, y: value },
      },
    ],
  };
}

/** Beside each other, always at the same place, within three quarters of a rung's width. */
function offsetOf(trial: number): number {
  return ((trial * 14) % 37) / 49 - 0.37;
}

/** Rungs side by side, with room for values beside each other. */
function placeAxis(rungs: readonly number[]): Spec {
  return {
    field: "x",
    type: "quantitative",
    title: "rung (step)",
    scale: { domain: [-0.5, rungs.length - 0.5], nice: false },
    axis: {
      values: rungs.map((_, i) => i),
      labelExpr: `format(${expressionList(rungs)}[datum.value], '~s')`,
      grid: false,
    },
  };
}

function rungAxis(): Spec {
  return { field: "r", type: "ordinal", title: "rung (step)", axis: { ...stepLabels, labelAngle: 0 } };
}
