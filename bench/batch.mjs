// What a training step takes for batches of 16 to 128, and what each new size costs once: ours has a capture a size,
// tf.function one with a symbolic batch for all sizes, PyTorch compiles nothing. Adam; the loss is read every step.
// `--models mlp,cnn`, `--sizes 16,32,64,128` and `--peers ours,pytorch2`: only these. `--short`: fewer rounds, two sizes.
import { existsSync } from "node:fs";
import { chosen } from "./shared/chosen.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";
import { models } from "./step/models/models.mjs";
import { inNode, lineUp } from "./step/peers.mjs";

const short = process.argv.includes("--short");
const { programs, python } = lineUp("cpu");
/** Programs that take any size of a batch. */
const known = ["ours", "pytorch1", "pytorch2", "tfFunction"];
const peerNames = chosen("peers", known) ?? known;
const names = chosen("models", Object.keys(models)) ?? ["mlp", "cnn"];
const allSizes = [16, 32, 64, 96, 128];
const sizes = (chosen("sizes", allSizes.map(String)) ?? (short ? [16, 64] : [16, 32, 64, 128])).map(Number);
if (!existsSync(python) && peerNames.some((name) => !inNode.includes(name))) {
  console.error(
    `bench batch needs its peers: run \`npm run bench:setup\` first, or give --peers ${inNode[0]}.`,
  );
  process.exit(1);
}
const rounds = short ? 5 : 15;
const steps = { mlp: short ? 20 : 100, cnn: short ? 5 : 15 };

console.log(`batch: ${machine()}`);
const peers = peerNames.map((name) => programs[name](name));
for (const peer of peers) console.log(`  ${peer.name}: ${(await peer.ready()).versions}`);

/** The first step of each size in turn, then rounds in which every peer runs every size: what disturbs hits all. */
async function measure(model) {
  const measured = Object.fromEntries(peerNames.map((name) => [name, sizes.map(() => ({ rounds: [] }))]));
  for (const peer of peers)
    for (const [i, batchSize] of sizes.entries()) {
      const { milliseconds, captures } = await asked(peer, { model, batchSize, steps: 1 });
      Object.assign(measured[peer.name][i], { first: milliseconds[0], capture: captures?.at(-1) });
      await asked(peer, { model, batchSize, steps: 3 });
    }
  for (let round = 0; round < rounds; round++)
    for (const [i, batchSize] of sizes.entries())
      for (const peer of peers) {
        const { milliseconds } = await asked(peer, { model, batchSize, steps: steps[model] ?? 3 });
        measured[peer.name][i].rounds.push(median(milliseconds));
      }
  return measured;
}

async function asked(peer, request) {
  const answer = await peer.ask(request);
  if (answer.failed !== undefined)
    throw new Error(`${peer.name} cannot run ${request.model}: ${answer.failed}`);
  return answer;
}

const perSecond = (size, milliseconds) => Math.round((1000 * size) / milliseconds);
const byName = (of) => Object.fromEntries(names.map((model) => [model, of(model)]));
const bySize = (of) => Object.fromEntries(sizes.map((size, i) => [size, of(i)]));
const all = {};
for (const model of names) {
  all[model] = await measure(model);
  const row = (title, of) => peerNames.map((name) => [`${title}, ${name}`, ...all[model][name].map(of)]);
  const captured = all[model].ours?.map(({ capture }) => capture);
  table([
    [`${model}, batch of`, ...sizes.map(String)],
    ...row(
      "ms a step",
      (of) => `${median(of.rounds).toFixed(2)} ± ${(100 * spread(of.rounds)).toFixed(0)} %`,
    ),
    ...row("samples a second", (of, i) => perSecond(sizes[i], median(of.rounds))),
    ...row("first step of this size, ms", ({ first }) => first.toFixed(0)),
    ...(captured
      ? [
          ["of ours: noting its ops, ms", ...captured.map(({ tracing }) => tracing.toFixed(0))],
          ["of ours: its first run, ms", ...captured.map(({ firstRun }) => firstRun.toFixed(0))],
        ]
      : []),
  ]);
  console.log("");
}
for (const peer of peers) peer.end();

const times = (name) => byName((model) => bySize((i) => median(all[model][name][i].rounds)));
const firsts = (name) => byName((model) => bySize((i) => all[model][name][i].first));
const others = peerNames.filter((name) => name !== "ours");
const ratio =
  others.length > 0 && peerNames.includes("ours")
    ? byName((model) => {
        const best = (i) => Math.min(...others.map((name) => median(all[model][name][i].rounds)));
        return median(sizes.map((_, i) => median(all[model].ours[i].rounds) / best(i)));
      })
    : undefined;
result({
  bench: "batch",
  ...(peerNames.includes("ours") && { ours: times("ours"), firstStep: firsts("ours") }),
  peers: Object.fromEntries(others.map((name) => [name, { ...times(name), firstStep: firsts(name) }])),
  ...(ratio && { ratio }),
});
