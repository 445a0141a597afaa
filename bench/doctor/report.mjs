// The bench's tables.
import { table } from "../shared/report.mjs";
import { published } from "./baselines/published.mjs";
import { problemScores } from "./metrics/problemScores.mjs";
import { otherAlarms } from "./metrics/rates.mjs";

/** A share, or that there is none. */
export function shown(value) {
  return value === null || Number.isNaN(value) ? "–" : value.toFixed(3);
}

export function tellProblems(all) {
  table([
    ["problem", "right", "wrong", "missed", "precision", "recall", "F1"],
    ...Object.entries(problemScores(all)).map(([name, { tp, fp, fn, precision, recall, f1 }]) => [
      name,
      tp,
      fp,
      fn,
      shown(precision),
      shown(recall),
      shown(f1),
    ]),
  ]);
}

export function tellMisses(all) {
  console.log("\nruns whose first verdict is none of those that must be named:");
  tellAlarms(all.filter(({ must, alarms }) => must.length > 0 && !must.includes(alarms[0]?.problem)));
  console.log("healthy runs with an alarm:");
  tellAlarms(all.filter(({ must, alarms }) => must.length === 0 && alarms.length > 0));
  const others = otherAlarms(all).map(({ name }) => name);
  console.log(
    `alarms of problems that the benchmark has not, and no symptoms: ${counted(others) || "none"}\n`,
  );
}

export function tellAlarms(all) {
  for (const { id, seed, alarms } of all)
    console.log(`  ${id} seed ${seed}: ${alarms.map(said).join(", ") || "no alarm"}`);
}

/** Judges side by side; with what others published of theirs where `beside` asks for it. */
export function tellJudges(judges, { beside = false } = {}) {
  table([
    ["judge", "alarm on faulty", "right first", "macro-F1", "alarm on healthy", "layer"],
    ...Object.entries(judges).map(([name, { recall, diagnosis, macroF1, falseAlarms, layerHit }]) => [
      name,
      ...[recall, diagnosis, macroF1, falseAlarms, layerHit].map(shown),
    ]),
    ...(beside ? published : []).map(({ tool, detection, diagnosis, falseAlarms }) => [
      `published: ${tool}`,
      detection,
      diagnosis,
      "–",
      falseAlarms,
      "–",
    ]),
  ]);
  console.log("");
}

function said({ name, layer, follows }) {
  return `${name}${layer === undefined ? "" : ` in ${layer}`}${follows === undefined ? "" : ` (from ${follows})`}`;
}

/** How often each stands there, such as `Overfit 2, Plateau 1`. */
export function counted(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, times]) => `${name} ${times}`).join(", ");
}
