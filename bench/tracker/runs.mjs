// Writes runs into a folder: `node runs.mjs FOLDER RUNS POINTS`, five series a run, one value a call.
import { openRun } from "../../dist/src/track/openRun.js";

const [, , dir, runs, points] = process.argv;
const tags = ["train/loss", "train/accuracy", "train/learningRate", "train/gradientNorm", "epoch/valLoss"];
for (let r = 0; r < Number(runs); r++) {
  const run = openRun({ name: `run-${r}`, dir, sources: [] });
  for (let i = 0; i < Number(points); i++)
    run.log(
      { [tags[i % tags.length]]: Math.exp(-i / points) + Math.sin(i * r) / 10 },
      Math.floor(i / tags.length),
    );
  run.finish();
}
