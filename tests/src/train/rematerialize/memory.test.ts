import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const built = (file: string) => JSON.stringify(new URL(`../../../../dist/src/${file}`, import.meta.url).href);

/** 48 layers that put out 8 MB each, and weights of 66 KB. */
const program = `
import { readFileSync } from "node:fs";
import { tf } from ${built("native/index.js")};
import { sgd } from ${built("optim/index.js")};
import { createCapturedStep } from ${built("train/capturedStep.js")};

const { rematerialize, capture, sampled } = JSON.parse(process.argv[1]);
const status = (line) => Number(new RegExp(line + ":\\\\s+(\\\\d+)").exec(readFileSync("/proc/self/status", "utf8"))[1]) * 1024;
const layers = Array.from({ length: 48 }, (_, i) =>
  tf.layers.dense({ units: 128, activation: "tanh", ...(i === 0 && { inputShape: [128] }) }));
const model = tf.sequential({ layers: [...layers, tf.layers.dense({ units: 3, activation: "softmax" })] });
const step = createCapturedStep(model, { loss: "crossEntropy", optimizer: sgd(), rematerialize, capture });
const run = (size) =>
  step[sampled ? "runSampled" : "run"]({ x: tf.ones([size, 128]), y: tf.zeros([size], "int32") }, { learningRate: 0.01, seed: 0 });
await run(8);
// Not the peak so far: that was while the library was loaded.
const before = status("VmRSS");
await run(16_384);
if (capture && step.eagerReasons.length > 0) throw new Error(step.eagerReasons.join());
console.log(status("VmHWM") - before);
`;

interface Options {
  readonly rematerialize: boolean;
  readonly capture: boolean;
  readonly sampled: boolean;
  /** Ops that may run side by side; one thread takes the op first that became possible last. */
  readonly threads: number;
}

/** Bytes that one step on many samples held at its peak, more than was held after one on a few. */
async function held(options: Options): Promise<number> {
  const parameters = ["--input-type=module", "--eval", program, JSON.stringify(options)];
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: "3", TF_NUM_INTEROP_THREADS: `${options.threads}` };
  const { stdout } = await run(process.execPath, parameters, { timeout: 200_000, env });
  return Number(stdout);
}

/** Where the system tells a process's peak. */
const isLinux = process.platform === "linux";

it.runIf(isLinux).each([
  { capture: true, sampled: false, threads: 1 },
  { capture: true, sampled: false, threads: 2 },
  { capture: true, sampled: true, threads: 1 },
  { capture: false, sampled: false, threads: 1 },
])("a deep stack of wide layers holds less than half: %j", { timeout: 420_000 }, async (how) => {
  const kept = await held({ rematerialize: false, ...how });
  const again = await held({ rematerialize: true, ...how });
  // 48 outputs of 8 MB are kept; else some 7 at cuts, 7 of a segment, and what their gradients take.
  expect(kept).toBeGreaterThan(48 * 8e6);
  expect(again).toBeLessThan(kept / 2);
});
