// Trains runs of the doctor's benchmark: `node bench/doctor/train.mjs --only VG1,H1 --seeds 1 --dir DIR`. Without --only all
// 67, without --seeds one, without --dir under runs/. `--only VG` takes a family, `--set variant` the faults kept apart, `--set
// traps` healthy runs that look odd. Accuracies on validation stand beside those that were measured where the benchmark was made,
// with one seed and another library: differences are told.
import { chosen } from "../shared/chosen.mjs";
import { option } from "../shared/option.mjs";
import { table } from "../shared/report.mjs";
import { wholeOption } from "../shared/wholeOption.mjs";
import { chosenRuns } from "./runs/chosenRuns.mjs";
import { runs as benchmark } from "./runs/runs.mjs";
import { traps } from "./runs/traps.mjs";
import { variants } from "./runs/variants.mjs";
import { trainRun } from "./trainRun.mjs";

/** What two trainings that differ by their seeds may differ by on these data. */
const usualDifference = 0.08;

const sets = { benchmark, variant: variants, traps };
const [set] = chosen("set", Object.keys(sets)) ?? ["benchmark"];
const runs = sets[set];
const families = [...new Set(runs.map(({ family }) => family))];
const only = chosen("only", [...families, ...runs.map(({ id }) => id)]);
const wanted = chosenRuns(runs, only);
const seeds = wholeOption("seeds", 1);
const dir = option("dir") ?? "runs";

const rows = [["run", "seed", "accuracy", "validation", "measured there", "s", "folder"]];
for (const run of wanted)
  for (let seed = 0; seed < seeds; seed++) {
    const trained = await (run.train ?? trainRun)(run, { seed, dir });
    const last = (metric) => trained.history?.[metric]?.at(-1);
    const reached = last("valAccuracy");
    const differs = run.measured !== undefined && !(Math.abs(reached - run.measured) <= usualDifference);
    rows.push([
      run.id,
      seed,
      shown(last("accuracy")),
      trained.status === "failed" ? `failed: ${trained.stopReason}` : shown(reached),
      `${shown(run.measured)}${differs ? " !" : ""}`,
      trained.seconds?.toFixed(1) ?? "–",
      trained.dir,
    ]);
  }
table(rows);
console.log(`! differs by more than ${usualDifference}`);

function shown(value) {
  return value === undefined ? "–" : value.toFixed(3);
}
