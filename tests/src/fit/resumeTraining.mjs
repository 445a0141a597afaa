// A training in a process of its own, which may end itself by SIGKILL. Arguments: one JSON object
// { dir, checkpoint, resume, killAtStep, killInWrite, epochs }. Prints what came out as JSON.
import { createHash } from "node:crypto";
import fsp from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { adam, data, ema, fit, lookahead, Run, schedules, tf } from "../../../dist/src/index.js";

const { dir, checkpoint, resume, killAtStep, killInWrite, epochs = 6 } = JSON.parse(process.argv[2]);
const die = () => process.kill(process.pid, "SIGKILL");

if (killAtStep !== undefined) {
  const { log } = Run.prototype;
  Run.prototype.log = function (values, step) {
    log.call(this, values, step);
    if ("train/loss" in values && step === killAtStep) die();
  };
}

if (killInWrite !== undefined) {
  const { open } = fsp;
  let writes = 0;
  fsp.open = async (path, ...rest) => {
    const handle = await open(path, ...rest);
    if (!String(path).includes("safetensors") || ++writes !== killInWrite) return handle;
    const { writeFile } = handle;
    let pieces = 0;
    handle.writeFile = async (piece) => {
      if (++pieces < 6) return writeFile.call(handle, piece);
      await writeFile.call(handle, piece.subarray(0, piece.length >> 1));
      die();
    };
    return handle;
  };
  syncBuiltinESMExports();
}

const size = 150;
const samples = data.arrays({
  x: Array.from({ length: size }, (_, i) => [Math.sin(i), Math.cos(2 * i), ((i * 7) % 13) / 13, (i % 5) / 5]),
  y: Array.from({ length: size }, (_, i) => (Math.sin(i) + ((i * 7) % 13) / 20 > 0.3 ? 1 : 0)),
  validation: 30,
});

// The layers' names are TensorFlow.js's own: it counts them up, so that here they are others than before.
if (resume) tf.layers.dense({ units: 1 });
const seeded = (seed) => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 16, activation: "relu", inputShape: [4], ...seeded(1) }),
    tf.layers.batchNormalization(),
    tf.layers.dropout({ rate: 0.3 }),
    tf.layers.gaussianNoise({ stddev: 0.1 }),
    tf.layers.dense({ units: 2, activation: "softmax", ...seeded(2) }),
  ],
});

const run = await fit(model, samples, {
  optimizer: ema(lookahead(adam({ learningRate: 0.02 }), { steps: 3 }), { decay: 0.9 }),
  schedule: schedules.warmUp({
    steps: 4,
    from: 0.2,
    followedBy: schedules.reduceOnPlateau({ monitor: "loss", factor: 0.5, patience: 0, threshold: 0.05 }),
  }),
  earlyStopping: { monitor: "valAccuracy", patience: 3 },
  epochs,
  batchSize: 16,
  clipNorm: 1,
  seed: 7,
  progress: false,
  track: { dir, name: "resumed", sampleEvery: 5 },
  ...(checkpoint && { checkpoint }),
  ...(resume && { resume }),
});
const weights = createHash("sha256");
for (const weight of model.getWeights()) weights.update(new Uint8Array((await weight.data()).buffer));
console.log(
  JSON.stringify({
    dir: run.dir,
    status: run.status,
    reason: run.stopReason,
    steps: run.steps,
    history: run.history,
    weights: weights.digest("hex"),
  }),
);
