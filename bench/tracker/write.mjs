// Points a second through the public `log` call, one write a call. A request: { values, calls }.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { track } from "../../dist/src/index.js";
import { serve } from "../shared/serve.mjs";

const dir = mkdtempSync(join(tmpdir(), "tunelab-bench-"));
process.on("exit", () => rmSync(dir, { recursive: true, force: true }));

await serve({ versions: `tunelab on Node ${process.version}` }, ({ values, calls }) => {
  const run = track({ name: "write", dir });
  const start = performance.now();
  if (values === 1) for (let step = 0; step < calls; step++) run.log({ "train/loss": 1 / (step + 1) }, step);
  else
    for (let step = 0; step < calls; step++)
      run.log(
        {
          "train/loss": 1 / (step + 1),
          "train/accuracy": step / calls,
          "train/learningRate": 1e-3,
          "train/gradientNorm": step / 7,
        },
        step,
      );
  const milliseconds = performance.now() - start;
  run.finish();
  rmSync(run.dir, { recursive: true });
  return { milliseconds };
});
