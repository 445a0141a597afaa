import { table } from "../../shared/report.mjs";
import { shown } from "../report.mjs";
import { repairFigures } from "./figures.mjs";
import { grouped } from "./repaired.mjs";

/** A line a run, and one for each thing that was tried where it is not repaired. */
export function tellRepair({ id, seed, repaired, gone, quiet, reached, accuracy, twin, ...rest }) {
  const { headline, alarms, steps, advice, left, cost, rows } = rest;
  const why = [!gone && "the verdict is there", !quiet && "something new", !reached && "not as good"].filter(
    Boolean,
  );
  const taken = rows
    ? `, took out ${shown(rows.wrong)} of the wrong, ${shown(rows.clean)} of the others`
    : "";
  console.log(
    `${repaired ? "✓" : "✗"} ${id} seed ${seed}: ${alarms.join(", ") || "no alarm"} → ${left.join(", ") || "silent"}; ${shown(accuracy)} of ${shown(twin)}${taken}; ${cost.toFixed(1)} trainings; ${headline}${why.length > 0 ? ` [${why.join(", ")}]` : ""}`,
  );
  if (!repaired)
    for (const step of [...steps, ...advice.map((text) => `advice: ${text}`)]) console.log(`    ${step}`);
}

/** By problem: what was repaired of how many trainings, and of how many runs. */
export function tellRepairs(all) {
  const byProblem = grouped(all, ({ must }) => must[0]);
  table([
    [
      "repair: problem",
      "trainings",
      "repaired",
      "runs",
      "rate",
      "called cured",
      "gain in points",
      "cost in trainings",
    ],
    ...[...byProblem, ["all", all]].map(([name, some]) => {
      const { rate, runs, cured, gainPoints, cost } = repairFigures(some);
      const count = some.filter(({ repaired }) => repaired).length;
      return [
        name,
        some.length,
        count,
        runs,
        shown(rate),
        shown(cured),
        gainPoints.toFixed(1),
        cost.toFixed(1),
      ];
    }),
  ]);
  console.log("");
}
