import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { warning } from "../../../../src/native/wasm/warning.js";
import { type BareCheckout, bareCheckout } from "../../../bareCheckout.js";

const trainings = fileURLToPath(new URL("./trainings.mjs", import.meta.url));
const checkout = fileURLToPath(new URL("../../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tunelab-"));
let bare: BareCheckout;

beforeAll(() => {
  bare = bareCheckout();
});
afterAll(() => {
  bare.remove();
  rmSync(folder, { recursive: true });
});

interface Trained {
  readonly backend: string;
  readonly devices: readonly string[];
  readonly mlp: Readonly<Record<string, readonly number[]>>;
  readonly cnn: Readonly<Record<string, readonly number[]>>;
  readonly runs: readonly string[];
  readonly weights: readonly (readonly number[])[];
}

function node(args: readonly string[], { env, cwd = folder }: { env: NodeJS.ProcessEnv; cwd?: string }) {
  return spawnSync(process.execPath, [...args], { encoding: "utf8", env, cwd });
}

/** In the bare checkout. */
function script(text: string, environment: NodeJS.ProcessEnv = {}) {
  const index = JSON.stringify(pathToFileURL(join(bare.root, "dist", "src", "index.js")).href);
  const source = `const tunelab = await import(${index}); const { tf } = tunelab; ${text}`;
  return node(["--input-type=module", "-e", source], { env: { ...bare.env, ...environment } });
}

function train(root: string, name: string, env: NodeJS.ProcessEnv) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const { stdout, stderr, status } = node([trainings, join(root, "dist", "src", "index.js")], { env, cwd });
  expect(status, stderr).toBe(0);
  return { trained: JSON.parse(stdout.trim().split("\n").at(-1) as string) as Trained, stderr };
}

/** The largest difference between two lists of numbers of one length. */
function apart(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((value, i) => Math.abs(value - (b[i] as number))));
}

describe("where TensorFlow's library is not found", { timeout: 120_000 }, () => {
  it("fit trains as with it, says once what is missing, and ends with exit code 0", {
    timeout: 240_000,
  }, () => {
    const { trained, stderr } = train(bare.root, "without", bare.env);
    const native = train(checkout, "with", { ...process.env, TUNELAB_BACKEND: "tensorflow" });
    expect(stderr).toBe(`tunelab: ${warning}\n`);
    expect(native.stderr).toBe("");
    expect([native.trained.backend, trained.backend]).toEqual(["tensorflow", "wasm"]);
    expect(trained.devices).toEqual(["WASM:0"]);
    expect(trained.runs).toEqual(native.trained.runs);
    expect(trained.runs.length).toBe(2);
    for (const model of ["mlp", "cnn"] as const) {
      expect(Object.keys(trained[model])).toEqual(Object.keys(native.trained[model]));
      expect(trained[model].loss?.length).toBe(3);
      for (const [key, values] of Object.entries(trained[model]))
        expect(apart(values, native.trained[model][key] as number[]), `${model} ${key}`).toBeLessThan(1e-4);
    }
    expect(trained.weights.length).toBe(native.trained.weights.length);
    trained.weights.forEach((weight, i) => {
      expect(apart(weight, native.trained.weights[i] as number[])).toBeLessThan(1e-3);
    });
  });

  it("a sweep says it once, and not in its workers' logs alone", () => {
    const objective = join(folder, "objective.mjs");
    const index = pathToFileURL(join(bare.root, "dist", "src", "index.js")).href;
    writeFileSync(
      objective,
      `import { tf } from ${JSON.stringify(index)};
export default async (trial) => {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return tf.scalar(trial.suggestFloat("x", 0, 1)).square().dataSync()[0];
};
`,
    );
    const { stdout, stderr } = script(`
      const options = { objective: ${JSON.stringify(objective)}, dir: ${JSON.stringify(join(folder, "sweeps"))} };
      const { trials, dir } = await tunelab.sweep({ ...options, trials: 4, parallel: 2, minimize: true, progress: false });
      console.log(trials.map(({ state, worker }) => state + worker).sort().join(" "));
      console.log(dir);
    `);
    expect(stderr).toBe(`tunelab: ${warning}\n`);
    const [trials, dir = ""] = stdout.trim().split("\n");
    expect(trials).toMatch(/^complete0 .*complete1$/);
    for (const worker of [0, 1])
      expect(readFileSync(join(dir, "workers", `worker-${worker}.log`), "utf8")).toBe(stderr);
  });

  it("says nothing before the first tensor", () => {
    const { stdout, stderr, status } = script("console.log(tf.getBackend(), tunelab.devices());");
    expect({ stdout, stderr, status }).toEqual({ stdout: "wasm [ 'WASM:0' ]\n", stderr: "", status: 0 });
  });

  it("says nothing where TUNELAB_BACKEND asked for it", () => {
    const { stdout, stderr } = script("console.log(tf.add([1, 2], [3, 4]).arraySync().join());", {
      TUNELAB_BACKEND: "wasm",
    });
    expect({ stdout, stderr }).toEqual({ stdout: "4,6\n", stderr: "" });
  });

  it("is an error where TUNELAB_BACKEND wants TensorFlow", () => {
    const { stdout } = script(
      "try { tf.ones([2]).add(1).dataSync(); } catch (error) { console.log(error.name, error.message); }",
      { TUNELAB_BACKEND: "tensorflow" },
    );
    expect(stdout).toMatch(/^LibtensorflowError loading TensorFlow needs its shared library, .*npm start/);
  });

  it("a TUNELAB_LIBTENSORFLOW that points nowhere stays an error", () => {
    const { stdout } = script(
      "try { tf.ones([2]).add(1).dataSync(); } catch (error) { console.log(error.name, error.message); }",
      { TUNELAB_LIBTENSORFLOW: "/nowhere" },
    );
    expect(stdout).toMatch(/^LibtensorflowError .*TUNELAB_LIBTENSORFLOW=\/nowhere holds neither/);
  });

  it("what only the library can do says so, with what was wanted", () => {
    const { stdout } = script(`
      const say = async (run) => { try { await run(); console.log("done"); } catch (error) { console.log(error.name + ": " + error.message); } };
      await say(() => tunelab.capture(function twice(x) { return tf.mul(x, 2); })(tf.scalar(1)));
      await say(() => tunelab.loadSavedModel("nowhere"));
      await say(() => tunelab.profileOps(() => tf.add(1, 2)));
      await say(() => tunelab.nativeInfo());
      const set = tunelab.data.arrays({ x: [[0], [1]], y: [0, 1] });
      for (const precision of ["bfloat16", "float16"])
        await say(() => tunelab.fit(tunelab.models.mlp({ inputShape: [1], hidden: [2], classes: 2 }), set, { precision }));
      await say(() => tunelab.withDevice("GPU:0", () => 1));
      await say(() => tunelab.withDevice("WASM:0", () => 1));
      const eager = tunelab.capture(function twice(x) { return tf.mul(x, 2); }, { eager: "fallback" });
      await say(() => { if (eager(tf.scalar(4)).dataSync()[0] !== 8) throw new Error("not 8"); });
      console.log(eager.reasons.length);
    `);
    const rest = "needs TensorFlow's library, but none was found, so WebAssembly computes; run `npm start` ";
    const lines = stdout.trim().split("\n");
    expect(lines.slice(0, 6).map((line) => line.slice(0, line.indexOf("once in")))).toEqual(
      [
        "capturing twice",
        "loading a saved model",
        "profiling TensorFlow's ops",
        "telling what TensorFlow computes with",
        "computing in bfloat16",
        "computing in float16",
      ].map((what) => `LibtensorflowError: ${what} ${rest}`),
    );
    expect(lines.slice(6)).toEqual([
      "RangeError: placing ops needs one of the devices WASM:0, but was given GPU:0",
      "done",
      "done",
      "1",
    ]);
  });

  it("pools volumes as with it: what is below 0, and windows at the edge", () => {
    const text = `
      const x = tf.reshape(tf.sub(tf.mod(tf.mul(tf.range(0, 60), 7), 11), 12), [1, 4, 5, 3, 1]);
      const of = (pool) => [pool(x), tf.grad(pool)(x)].map((y) => [...y.dataSync()]);
      const max = of((volume) => tf.maxPool3d(volume, 2, 2, "same"));
      const average = of((volume) => tf.avgPool3d(volume, [3, 2, 2], [2, 2, 1], "same"));
      console.log(JSON.stringify([...max, ...average]));`;
    const without = JSON.parse(script(text).stdout) as number[][];
    const index = pathToFileURL(join(checkout, "dist", "src", "index.js")).href;
    const source = `const { tf } = await import(${JSON.stringify(index)}); ${text}`;
    const { stdout } = node(["--input-type=module", "-e", source], {
      env: { ...process.env, TUNELAB_BACKEND: "tensorflow" },
    });
    const native = JSON.parse(stdout) as number[][];
    expect(native.length).toBe(4);
    native.forEach((values, i) => {
      expect(apart(values, without[i] as number[])).toBeLessThan(1e-6);
    });
  });

  it("keeps NaN in relu6, and sums nothing to 0", () => {
    const { stdout } = script(`
      const bounded = tf.relu6([Number.NaN, -1, 0.25, 7, Infinity, -Infinity]);
      const filled = tf.fill([1000], 3);
      filled.dispose();
      const nothing = tf.matMul(tf.zeros([4, 0]), tf.zeros([0, 250]));
      console.log([...bounded.dataSync()].join(), tf.max(tf.abs(nothing)).dataSync()[0], nothing.shape.join());`);
    expect(stdout).toBe("NaN,0,0.25,6,6,0 0 4,250\n");
  });

  it("keeps a NaN whichever comes first, and reduces nothing to what TensorFlow does", () => {
    const text = `
      const texts = (...tensors) => tensors.map((y) => y.dtype + y.shape + ": " + [...y.dataSync()].join(" "));
      const a = tf.tensor2d([[1, NaN, 2, Infinity, -Infinity]]);
      const b = tf.tensor2d([[NaN, 1, 3, -Infinity, Infinity], [0, 0, NaN, 0, NaN]]);
      const lines = [tf.maximum, tf.minimum].flatMap((of) => texts(of(a, b), of(b, a), of(b, 2), of(2, b)));
      for (const reduced of ["sum", "mean", "prod", "max", "min"])
        for (const dtype of ["float32", "int32"]) {
          const x = tf.zeros([2, 0, 3], dtype);
          lines.push(reduced, ...texts(tf[reduced](x, 1), tf[reduced](x, [1, -1], true), tf[reduced](x), tf[reduced](x, 0)));
        }
      for (const reduced of ["any", "all"]) lines.push(...texts(tf[reduced](tf.zeros([2, 0], "bool"), 1)));
      console.log(JSON.stringify(lines));`;
    const index = pathToFileURL(join(checkout, "dist", "src", "index.js")).href;
    const source = `const { tf } = await import(${JSON.stringify(index)}); ${text}`;
    const native = node(["--input-type=module", "-e", source], {
      env: { ...process.env, TUNELAB_BACKEND: "tensorflow" },
    });
    const lines = JSON.parse(native.stdout) as string[];
    expect(lines[0]).toBe("float322,5: NaN NaN 3 Infinity Infinity 1 NaN NaN Infinity NaN");
    expect(lines).toContain("float322,3: NaN NaN NaN NaN NaN NaN");
    expect(JSON.parse(script(text).stdout)).toEqual(lines);
  });

  it("leaves errors that nobody catches to Node", () => {
    const { stderr, status } = script("tf.ones([1]); Promise.reject(new Error('mine'));");
    expect(status).toBe(1);
    expect(stderr).toMatch(/\n\nError: mine\n {4}at /);
    expect(stderr.length).toBeLessThan(2000);
  });

  it("set-up's check tells that WebAssembly computes", () => {
    const tell = join(bare.root, "scripts", "setup", "tellNative.mjs");
    const { stdout, stderr } = node([tell], { env: bare.env });
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^TensorFlow {2}not found: WebAssembly \(wasm\) computes instead.*`tunelab setup`/,
    );
    const wanted = node([tell], { env: { ...bare.env, TUNELAB_BACKEND: "wasm" } });
    expect(wanted.stdout).toMatch(
      /^TensorFlow {2}not asked for: TUNELAB_BACKEND=wasm has WebAssembly \(wasm\) compute, .*; unset it for TensorFlow\n/,
    );
    const json = JSON.parse(node([tell, "--json"], { env: bare.env }).stdout) as object;
    expect(json).toMatchObject({ backend: "wasm", tfjs: "4.22.0" });
  });
});
