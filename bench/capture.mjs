// What capturing a function gives and costs: a training step of one's own, captured by `capture` and op by op, for
// batches of 16 to 128. Each size has a capture of its own: what that takes is shown beside what a call takes. Then the
// gain of each rewrite: `fit`'s step captured with it and without it, in turn.
// Needs no peers. `--models mlp,vit`, `--rewrites tile,dead`, `--parts sizes` or `rewrites`: only these. `--short`: fewer
// rounds, the small models, sizes 16 and 64.
import { capture, tf } from "../dist/src/native/index.js";
import { gain, rewrites } from "./capture/gains.mjs";
import { chosen } from "./shared/chosen.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";
import { models } from "./step/models/models.mjs";

const short = process.argv.includes("--short");
const parts = chosen("parts", ["sizes", "rewrites"]) ?? ["sizes", "rewrites"];
const asked = chosen("models", Object.keys(models)) ?? (short ? ["mlp", "cnn"] : ["mlp", "cnn", "vit"]);
const names = parts.includes("sizes") ? asked : [];
const measuredRewrites = parts.includes("rewrites") ? (chosen("rewrites", rewrites) ?? rewrites) : [];
const sizes = short ? [16, 64] : [16, 32, 64, 128];
const rounds = short ? 5 : 15;
const classes = 10;

/** Forward, loss, gradients and descent, as a person writes them with TensorFlow.js alone. */
function stepOf(name) {
  const model = models[name].build(tf);
  const optimizer = tf.train.sgd(0.01);
  return (x, y) => {
    const loss = () => {
      const likely = tf.clipByValue(model.apply(x, { training: true }), 1e-7, 1);
      return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(likely)), 1)));
    };
    return optimizer.minimize(loss, true);
  };
}

function batch(name, size) {
  const x = tf.randomNormal([size, ...models[name].inputShape], 0, 1, "float32", 1);
  const labels = Int32Array.from({ length: size }, (_, i) => i % classes);
  return [x, tf.cast(tf.oneHot(tf.tensor1d(labels, "int32"), classes), "float32")];
}

/** Milliseconds until the loss is known. */
function timed(step, given) {
  const start = performance.now();
  const loss = tf.tidy(() => step(...given).dataSync()[0]);
  if (!Number.isFinite(loss)) throw new Error(`the loss became ${loss}`);
  return performance.now() - start;
}

console.log(`capture: ${machine()}`);
const ours = {};
const eagerly = {};
for (const name of names) {
  const eager = stepOf(name);
  const captured = capture(stepOf(name), { name });
  timed(eager, batch(name, sizes[0]));
  const rows = sizes.map((size) => {
    const given = batch(name, size);
    const first = timed(captured, given);
    const [capturing] = captured.captures.slice(-1);
    const times = { captured: [], eager: [] };
    for (let round = 0; round < rounds; round++) {
      times.captured.push(timed(captured, given));
      times.eager.push(timed(eager, given));
    }
    tf.dispose(given);
    return { size, first, capturing: capturing.milliseconds, times };
  });
  const shown = (values) => `${median(values).toFixed(2)} ± ${(100 * spread(values)).toFixed(0)} %`;
  table([
    [`${name}, batch of`, ...sizes.map(String)],
    ["captured, ms a call", ...rows.map(({ times }) => shown(times.captured))],
    ["op by op, ms a call", ...rows.map(({ times }) => shown(times.eager))],
    ["capturing this size, ms, once", ...rows.map(({ capturing }) => capturing.toFixed(0))],
    ["first call, with that, ms", ...rows.map(({ first }) => first.toFixed(0))],
  ]);
  const { before, after } = captured.explain();
  console.log(`${name}: ${before.length} ops, ${after.length} after rewriting, constants among them\n`);
  ours[name] = Object.fromEntries(rows.map(({ size, times }) => [size, median(times.captured)]));
  eagerly[name] = Object.fromEntries(rows.map(({ size, times }) => [size, median(times.eager)]));
}
const ratio = Object.fromEntries(
  names.map((name) => [name, median(sizes.map((size) => ours[name][size] / eagerly[name][size]))]),
);

const gains = {};
for (const rewrite of measuredRewrites)
  gains[rewrite] = await gain(
    rewrite,
    short ? { rounds: 3, milliseconds: 100 } : { rounds: 15, milliseconds: 400 },
  );
if (measuredRewrites.length > 0)
  table([
    ["rewrite", "model", "ops off → on", "ms off", "ms on", "ratio"],
    ...Object.entries(gains).map(([rewrite, { model, ops, ms, ratio: quotient }]) => [
      rewrite,
      model,
      `${ops.off ?? "no gradient"} → ${ops.on}`,
      ms.off?.toFixed(2) ?? "–",
      ms.on.toFixed(2),
      quotient?.toFixed(2) ?? "–",
    ]),
  ]);
result({ bench: "capture", ours, peers: { eager: eagerly }, ratio, rewrites: gains });
