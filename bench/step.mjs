// How long one training step takes: ours captured, against stock TensorFlow.js, PyTorch, Keras and JAX; products in
// bfloat16 against PyTorch's autocast too; `ours16` takes 16 steps in a call, as `fit` does where steps are short. Six models, Adam; the batch is resident, the loss is read every step.
// `--models mlp,vit` and `--peers ours,tfjs`: only these; `--device gpu`: peers that use CUDA. `--short`: fewer rounds, and the two small models.
import { existsSync } from "node:fs";
import { chosen } from "./shared/chosen.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";
import { agreement, agrees, agreesInBfloat16 } from "./step/agreement.mjs";
import { measure } from "./step/measure.mjs";
import { models } from "./step/models/models.mjs";
import { common, compiling, families, inNode, lineUp } from "./step/peers.mjs";
import { roofline } from "./step/roofline.mjs";

const [device = "cpu"] = chosen("device", ["cpu", "gpu"]) ?? [];
const { programs, python } = lineUp(device);
const short = process.argv.includes("--short");
const names = chosen("models", Object.keys(models)) ?? Object.keys(models).slice(0, short ? 2 : undefined);
const peerNames = chosen("peers", Object.keys(programs)) ?? Object.keys(programs);
const isInstalled = existsSync(python);
if (!isInstalled && peerNames.some((name) => !inNode.includes(name))) {
  console.error(
    `bench step needs its peers: run \`npm run bench:setup${device === "gpu" ? " -- --gpu" : ""}\` first, or give --peers ${inNode.join(",")}.`,
  );
  process.exit(1);
}
const plan = (rounds, steps) => ({ rounds, steps });
const plans = {
  mlp: short ? plan(5, 60) : plan(25, 150),
  cnn: short ? plan(5, 10) : plan(25, 25),
  resnet18: short ? plan(2, 1) : plan(7, 2),
  vit: short ? plan(2, 2) : plan(9, 5),
  lstm: short ? plan(2, 2) : plan(9, 8),
  efficientnet: short ? plan(2, 1) : plan(7, 3),
};

console.log(`step: ${machine()}`);
const peers = peerNames.map((name) => programs[name](name));
for (const peer of peers) console.log(`  ${peer.name}: ${(await peer.ready()).versions}`);
const measured = {};
for (const model of names) {
  measured[model] = await measure(peers, model, plans[model]);
  console.log(`  ${model}: measured`);
}
for (const peer of peers) peer.end();

/** A row of the table; a dash where there is nothing. */
const row = (title, of) => [title, ...names.map((model) => of(model) ?? "–")];
const shown = (rounds) => rounds && `${median(rounds).toFixed(2)} ± ${(100 * spread(rounds)).toFixed(0)} %`;
table([
  ["milliseconds a step (median of rounds ± half the quartile distance)", ...names],
  ...peerNames.map((name) => row(name, (model) => shown(measured[model].medians[name]))),
  ...peerNames.map((name) => row(`first step, ${name}`, (model) => measured[model].firsts[name]?.toFixed(0))),
]);

const bounds = peerNames.includes("ours") ? roofline(names) : undefined;
if (bounds) {
  const { flopsPerSecond, bytesPerSecond, steps } = bounds;
  const inFull = ({ milliseconds }, model) => milliseconds / median(measured[model].medians.ours);
  table([
    [
      `at ${(flopsPerSecond / 1e9).toFixed(0)} GFLOP/s (matrix product) and ${(bytesPerSecond / 1e9).toFixed(1)} GB/s (copy)`,
      ...names,
    ],
    row("GFLOP of products and convolutions a step", (model) => (steps[model].flops / 1e9).toFixed(3)),
    row("MB of weights and moments read and written", (model) => (steps[model].stateBytes / 1e6).toFixed(1)),
    row("milliseconds these take at those rates", (model) => steps[model].milliseconds.toFixed(2)),
    row("share of that in our step", (model) => `${(100 * inFull(steps[model], model)).toFixed(0)} %`),
  ]);
}

const gradients = {};
const narrowGradients = {};
if (isInstalled)
  for (const model of names) {
    gradients[model] = agreement(python, model);
    if (measured[model].medians.oursBfloat16) narrowGradients[model] = agreement(python, model, "bfloat16");
  }
else console.log("gradients are not compared with float64: that needs `npm run bench:setup`");
const wrong = names.filter((model) => gradients[model] && !agrees(gradients[model]));
const narrowWrong = names.filter(
  (model) => narrowGradients[model] && !agreesInBfloat16(narrowGradients[model]),
);
if (isInstalled) {
  const digits = (value) => value?.toExponential(1);
  table([
    ["relative L2 distance of the gradients from float64's", ...names],
    row("ours", (model) => digits(gradients[model].whole)),
    row("PyTorch in float32", (model) => digits(gradients[model].wholePeer)),
    row("ours in bfloat16", (model) => digits(narrowGradients[model]?.whole)),
    row("PyTorch's autocast", (model) => digits(narrowGradients[model]?.wholePeer)),
  ]);
}
const allWrong = [...wrong, ...narrowWrong.map((model) => `${model} in bfloat16`)];
if (allWrong.length > 0) {
  console.error(
    `the gradients of ${allWrong.join(", ")} do not agree with float64: no figure of theirs counts`,
  );
  process.exitCode = 1;
}

/** Milliseconds a step by model, of the quickest of some programs. */
const times = (programNames) => byModel((model) => quickest(programNames, measured[model].medians));
const ours = times(["ours"]);
const peerTimes = Object.fromEntries(Object.entries(families).map(([name, of]) => [name, times(of)]));
const against = (group, mine = ours) =>
  byModel((model) => {
    const best = Math.min(...group.map((name) => peerTimes[name][model] ?? Number.POSITIVE_INFINITY));
    return wrong.includes(model) || !Number.isFinite(best) ? undefined : mine[model] / best;
  });
const ratio = against(common);
const compiled = against(compiling);
const ours16 = times(["ours16"]);
const ratio16 = against(common, ours16);
const compiled16 = against(compiling, ours16);
const narrow = times(["oursBfloat16"]);
const narrowAgainst = (of) =>
  byModel((model) => (narrowWrong.includes(model) ? undefined : narrow[model] / of[model]));
const bfloat16 = { float32: narrowAgainst(ours), autocast: narrowAgainst(peerTimes.autocast) };
const firstStep = byModel(
  (model) => measured[model].firsts.ours / (measured[model].firsts.tfFunction ?? Number.NaN),
);
table([
  ["ours / the best of (below 1: ahead)", ...names],
  row(common.join(", "), (model) => ratio[model]?.toFixed(2)),
  row(compiling.join(", "), (model) => compiled[model]?.toFixed(2)),
  row(`16 steps a call / ${common.join(", ")}`, (model) => ratio16[model]?.toFixed(2)),
  row(`16 steps a call / ${compiling.join(", ")}`, (model) => compiled16[model]?.toFixed(2)),
  row("first step / tf.function's", (model) => firstStep[model]?.toFixed(2)),
  row("ours in bfloat16 / ours", (model) => bfloat16.float32[model]?.toFixed(2)),
  row("ours in bfloat16 / PyTorch's autocast", (model) => bfloat16.autocast[model]?.toFixed(2)),
]);
const firstSteps = Object.values(firstStep);
result({
  bench: device === "gpu" ? "gpu" : "step",
  ours: { ...ours, firstStep: byModel((model) => measured[model].firsts.ours) },
  peers: peerTimes,
  ratio: { ...ratio, ...(firstSteps.length > 0 && { firstStep: Math.max(...firstSteps) }) },
  compiled,
  severalSteps: { ours: ours16, ratio: ratio16, compiled: compiled16 },
  bfloat16: { ours: narrow, ratio: bfloat16, gradients: narrowGradients },
  gradients,
  ...(bounds && { bounds }),
});

/** Of each model; without those of which there is nothing. */
function byModel(of) {
  const entries = names.map((model) => [model, of(model)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !Number.isNaN(value)));
}

function quickest(programNames, medians) {
  const rounds = programNames.map((name) => medians[name]).filter((values) => values !== undefined);
  return rounds.length > 0 ? Math.min(...rounds.map(median)) : undefined;
}
