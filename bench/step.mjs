// How long one training step takes: ours captured, against stock TensorFlow.js, PyTorch and Keras.
// MLP 784-256-10 and a CNN of two convolutions, batch 64, Adam; the batch is resident, the loss is read every step.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Peer } from "./shared/peer.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";

const short = process.argv.includes("--short");
const rounds = short ? 5 : 25;
const stepsPerRound = { mlp: short ? 60 : 150, cnn: short ? 10 : 25 };
const python = fileURLToPath(new URL("../.venv-bench/bin/python", import.meta.url));
const file = (name) => fileURLToPath(new URL(`./step/${name}`, import.meta.url));

if (!existsSync(python)) {
  console.error("bench step needs its peers: run `npm run bench:setup` first.");
  process.exit(1);
}

const node = (name, script) => new Peer({ name, command: process.execPath, parameters: [file(script)] });
const py = (name, script, ...rest) =>
  new Peer({
    name,
    command: python,
    parameters: [file(script), ...rest],
    env: { TF_CPP_MIN_LOG_LEVEL: "2" },
  });

const peers = [
  node("ours", "ours.mjs"),
  node("tfjs", "stockTfjs.mjs"),
  py("pytorch1", "pytorch.py", "1"),
  py("pytorch2", "pytorch.py", "2"),
  py("kerasFit", "keras_peer.py", "fit"),
  py("tfFunction", "keras_peer.py", "function"),
];
console.log(`step: ${machine()}`);
for (const peer of peers) console.log(`  ${peer.name}: ${(await peer.ready()).versions}`);

/** peer → model → one median a round, in milliseconds a step. */
const medians = new Map(peers.map(({ name }) => [name, { mlp: [], cnn: [] }]));
for (const model of ["mlp", "cnn"]) {
  for (const peer of peers) await peer.ask({ model, steps: stepsPerRound[model] }); // warm-up
  for (let round = 0; round < rounds; round++)
    for (const peer of peers) {
      const { milliseconds } = await peer.ask({ model, steps: stepsPerRound[model] });
      medians.get(peer.name)[model].push(median(milliseconds));
    }
}
for (const peer of peers) peer.end();

const milliseconds = (name, model) => median(medians.get(name)[model]);
const better = (model) => Math.min(milliseconds("pytorch1", model), milliseconds("pytorch2", model));
const show = (value) => value.toFixed(2);
table([
  ["milliseconds a step (median of rounds ± half the quartile distance)", "MLP", "CNN"],
  ...peers.map(({ name }) => [
    name,
    ...["mlp", "cnn"].map(
      (model) =>
        `${show(milliseconds(name, model))} ± ${(100 * spread(medians.get(name)[model])).toFixed(0)} %`,
    ),
  ]),
]);
const of = (name) => ({ mlp: milliseconds(name, "mlp"), cnn: milliseconds(name, "cnn") });
const peerTimes = {
  tfjs: of("tfjs"),
  pytorch: { mlp: better("mlp"), cnn: better("cnn") },
  kerasFit: of("kerasFit"),
  tfFunction: of("tfFunction"),
};
const ours = of("ours");
const ratio = Object.fromEntries(
  ["mlp", "cnn"].map((model) => [
    model,
    ours[model] / Math.min(...Object.values(peerTimes).map((peer) => peer[model])),
  ]),
);
result({ bench: "step", ours, peers: peerTimes, ratio });
