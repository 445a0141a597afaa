/** The trials' own curves: what each reported while it ran. */
import { extremes } from "../../base/extremes.js";
import { stepLabels, wholeTicks } from "../axisLabels.js";
import { drawnTrials } from "../drawnTrials.js";
import { type Cell, inlineData, pick, type Spec } from "../inlineData.js";
import { thinnedTrial } from "../packSweeps.js";
import { chartTitle, type PanelStyle } from "../section.js";
import { bestPoint, metricTitle, type SweepData, type TrialPoint } from "../sweepData.js";
import { bestColour, trialLooks, trialStates } from "../trialLooks.js";
import { yScale } from "../yScale.js";

/** What a curve is drawn as: the best trial, or the state of another. */
type Kind = "best" | TrialPoint["state"];

const looks: Readonly<Record<Kind, { shape: string; colour: string }>> = {
  best: { shape: "stroke", colour: bestColour },
  ...trialLooks,
  // A curve that came to its end has no sign there, and a line in the legend.
  complete: { ...trialLooks.complete, shape: "stroke" },
};
/** In the order of the legend. The first of them are drawn last. */
const kinds: readonly Kind[] = ["best", ...trialStates];

/**
 * A curve a trial, over the steps of its reports. The best one is bold; one of a trial that is not complete ends in
 * the sign of its state; pruned ones, which may be many, are faint. Undefined where no trial reported a finite number.
 */
export function intermediateValues(sweep: SweepData, style: PanelStyle): Spec | undefined {
  const all = sweep.trials.filter(({ intermediate }) => intermediate.some(([, v]) => Number.isFinite(v)));
  if (all.length === 0) return undefined;
  const budget = style.points * rowsAPoint;
  const { trials, note } = drawnTrials(all, Math.floor(budget / leastReports), sweep.direction);
  const perTrial = Math.max(leastReports, Math.floor(budget / trials.length));
  const winner = bestPoint(sweep)?.number;
  const kindOf = ({ number, state }: TrialPoint): Kind => (number === winner ? "best" : state);
  const shown = kinds.filter((kind) => trials.some((trial) => kindOf(trial) === kind));
  const rank = (trial: TrialPoint) => shown.indexOf(kindOf(trial));
  const rows = [...trials]
    .sort((a, b) => rank(b) - rank(a) || a.number - b.number)
    .flatMap((trial) => rowsOf(thinnedTrial(trial, perTrial), rank(trial), trial.state !== "complete"));
  const encoding = {
    ...axesOf(metricTitle(sweep), trials, style),
    color: {
      field: "kind",
      type: "nominal",
      scale: { domain: shown, range: shown.map((kind) => looks[kind].colour) },
      legend: legendOf(shown.length),
    },
  };
  const tooltip = [
    { field: "n", title: "trial", type: "quantitative" },
    { field: "kind", title: "state" },
  ];
  return {
    title: { ...chartTitle("intermediate values", note), limit: style.half.width },
    description: `${sweep.metric} as ${all.length} trials reported it, step by step`,
    ...style.half,
    data: inlineData({ n: "number", x: "number", v: "number", k: "number", e: "number" }, rows),
    transform: [{ calculate: pick(shown, "k"), as: "kind" }],
    encoding,
    layer: [
      {
        mark: { type: "line", clip: true, ...(rows.length === trials.length ? { point: true } : {}) },
        encoding: {
          detail: { field: "n", type: "nominal" },
          opacity: {
            condition: [
              { test: "datum.kind == 'best'", value: 1 },
              { test: "datum.kind == 'pruned'", value: 0.35 },
            ],
            value: 0.6,
          },
          strokeWidth: { condition: { test: "datum.kind == 'best'", value: 2.4 }, value: 1.2 },
          ...(style.interactive ? { tooltip } : {}),
        },
      },
      // None where no trial bears a sign: Vega warns of data without an extent.
      ...(rows.some((row) => row.at(-1) === 1)
        ? [
            {
              transform: [{ filter: "datum.e" }],
              mark: { type: "point", size: 38, strokeWidth: 1.6, opacity: 0.9 },
              encoding: {
                shape: {
                  field: "kind",
                  type: "nominal",
                  scale: { domain: shown, range: shown.map((kind) => looks[kind].shape) },
                  legend: legendOf(shown.length),
                },
                ...(style.interactive
                  ? {
                      tooltip: [
                        ...tooltip,
                        { field: "x", title: "step", type: "quantitative" },
                        { field: "v", title: sweep.metric, type: "quantitative" },
                      ],
                    }
                  : {}),
              },
            },
          ]
        : []),
    ],
  };
}

/** Reports that a chart draws for each point of a series' budget, and the fewest of one trial. */
const rowsAPoint = 12;
const leastReports = 12;

/** @param signed whether the last finite report, behind which nothing is drawn, bears the sign of the trial's state */
function rowsOf({ number, intermediate }: TrialPoint, kind: number, signed: boolean): Cell[][] {
  const end = signed ? intermediate.findLastIndex(([, value]) => Number.isFinite(value)) : -1;
  return intermediate.map(([step, value], i) => [number, step, value, kind, i === end ? 1 : 0]);
}

function axesOf(metric: string, trials: readonly TrialPoint[], style: PanelStyle): { x: Spec; y: Spec } {
  const reports = trials.flatMap(({ intermediate }) => intermediate);
  const steps = reports.map(([step]) => step);
  const y = yScale(
    reports.map(([, value]) => value),
    style.y,
  );
  return {
    x: {
      field: "x",
      type: "quantitative",
      title: "step",
      scale: { zero: false, nice: false },
      axis: { ...stepLabels, ...wholeTicks(...extremes(steps), 8) },
    },
    y: { field: "v", type: "quantitative", title: metric, scale: y.scale, axis: y.axis },
  };
}

/** Colours and shapes have one legend; more than four entries of it need a second line. */
function legendOf(entries: number): Spec {
  return {
    title: null,
    orient: "top",
    symbolStrokeWidth: 2,
    symbolOpacity: 1,
    ...(entries > 4 ? { columns: 3 } : {}),
  };
}
