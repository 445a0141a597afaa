// The peak of memory of a process that trains ResNet-18 (32 × 32, batch 32, Adam), libraries included: ours, ours with
// activations that are computed again, PyTorch and tf.function. `--models`: others of bench step. `--peers ours`: only
// these. `--short`: three steps.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chosen } from "./shared/chosen.mjs";
import { machine, result, table } from "./shared/report.mjs";
import { models } from "./step/models/models.mjs";

const steps = process.argv.includes("--short") ? 3 : 20;
const python = fileURLToPath(new URL("../.venv-bench/bin/python", import.meta.url));
const file = (name) => fileURLToPath(new URL(`./memory/${name}`, import.meta.url));
const programs = {
  ours: [process.execPath, file("ours.mjs")],
  oursRematerialised: [process.execPath, file("ours.mjs"), "rematerialize"],
  pytorch: [python, file("pytorch.py")],
  tfFunction: [python, file("keras_step.py")],
};
const labels = { oursRematerialised: "ours, rematerialised" };
const names = chosen("models", Object.keys(models)) ?? ["resnet18"];
const peers = chosen("peers", Object.keys(programs)) ?? Object.keys(programs);
if (!existsSync(python) && peers.some((name) => !name.startsWith("ours"))) {
  console.error("bench memory needs its peers: run `npm run bench:setup` first, or give --peers ours.");
  process.exit(1);
}

console.log(`memory: ${machine()}`);
const peaks = Object.fromEntries(
  peers.map((peer) => [peer, Object.fromEntries(names.map((model) => [model, peakOf(peer, model)]))]),
);
table([
  [`peak of memory over ${steps} steps, MB`, ...names],
  ...peers.map((peer) => [
    labels[peer] ?? peer,
    ...names.map((model) => (peaks[peer][model] / 1e6).toFixed(0)),
  ]),
]);
const { ours, oursRematerialised, ...others } = peaks;
const against = Object.fromEntries(
  Object.entries(others).map(([peer, of]) => [
    peer,
    Object.fromEntries(names.map((model) => [model, ours[model] / of[model]])),
  ]),
);
result({ bench: "memory", ours, oursRematerialised, peers: others, ratio: against.pytorch ?? {}, against });

function peakOf(peer, model) {
  const [command, script, ...more] = programs[peer];
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3" };
  const stdio = ["ignore", "pipe", "ignore"];
  const output = execFileSync(command, [script, model, String(steps), ...more], {
    env,
    stdio,
    encoding: "utf8",
  });
  return JSON.parse(output.trimEnd().split("\n").at(-1)).peak;
}
