// The bench `step` on a GPU, against peers on the same one: `npm run bench:setup -- --gpu` once, then this. Where no GPU
// answers it says so and measures nothing. Options are those of `step`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { devices } from "../dist/src/index.js";
import { result } from "./shared/report.mjs";

const gpus = devices().filter((name) => name.startsWith("GPU"));
if (gpus.length === 0) {
  console.log(
    "bench gpu is skipped: no GPU answers to TensorFlow's library here; `tunelab setup --check` says what it looked for",
  );
  result({ bench: "gpu", skipped: "no GPU answers" });
} else {
  console.log(`gpu: ${gpus.join(", ")}`);
  const step = fileURLToPath(new URL("step.mjs", import.meta.url));
  const options = ["--device", "gpu", ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, [step, ...options], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
