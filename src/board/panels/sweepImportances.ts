/** Which parameters matter for being among the best trials. */
import { shortNumber } from "../../base/table.js";
import { completeTrials, importanceCaution, importanceDoubt } from "../importanceDoubt.js";
import { type Cell, inlineData, type Spec } from "../inlineData.js";
import { written } from "../look.js";
import { runColour } from "../palette.js";
import { chartTitle, mutedLine, type PanelStyle } from "../section.js";
import type { SweepData } from "../sweepData.js";
import { completeNoun } from "../trialNoun.js";

const most = 12;

/** Undefined of what has no parameters. */
export function importancesChart(sweep: SweepData, style: PanelStyle): Spec | undefined {
  if (!sweep.importances || sweep.trials.every(({ params }) => Object.keys(params).length === 0))
    return undefined;
  const all = Object.entries(sweep.importances);
  const title = "importances";
  const doubt = importanceDoubt(sweep.trials);
  if (doubt !== undefined || all.length === 0) {
    const sentence = doubt ?? "no importances; nothing tells the parameters apart";
    return { title: chartTitle(title), ...mutedLine(sentence.split(/(?<=;) /), { row: style.half.width }) };
  }
  const caution = importanceCaution(sweep.trials);
  const shown = all.slice(0, most);
  const left = all.length - shown.length;
  const y = {
    field: "p",
    type: "nominal",
    title: null,
    sort: null,
    axis: { labelLimit: 110, ticks: false, domain: false },
  };
  const x = {
    field: "s",
    type: "quantitative",
    title: "share of the importance (PED-ANOVA)",
    scale: { domain: [0, Math.min(1, 1.12 * (shown[0]?.[1] ?? 1))], nice: false },
    axis: { format: "%", tickCount: 5 },
  };
  return {
    title: {
      ...chartTitle(
        title,
        [
          `what sets the best tenth of ${completeTrials(sweep.trials).length} ${completeNoun(sweep.trials)} apart`,
          ...(caution ? [caution] : []),
          ...(left > 0 ? [`${left} more parameters`] : []),
        ].join("; "),
      ),
      limit: style.half.width,
    },
    description: `Importances: ${shown.map(([name, share]) => `${name} ${shortNumber(share, 3)}`).join(", ")}`,
    width: style.half.width - 40,
    height: Math.min(style.half.height, 26 * shown.length + 10),
    data: inlineData(
      { p: "string", s: "number" },
      shown.map(([name, share]): Cell[] => [name, share]),
    ),
    encoding: { y, x },
    layer: [
      {
        mark: { type: "bar", color: runColour(0), height: { band: 0.65 } },
        ...(style.interactive
          ? {
              encoding: {
                tooltip: [
                  { field: "p", title: "parameter" },
                  { field: "s", title: "share", type: "quantitative", format: ".1%" },
                ],
              },
            }
          : {}),
      },
      {
        mark: { type: "text", style: written, align: "left", dx: 4, fontSize: 10.5 },
        encoding: { text: { field: "s", type: "quantitative", format: ".0%" } },
      },
    ],
  };
}
