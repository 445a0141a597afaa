import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const index = fileURLToPath(new URL("../../../dist/src/native/index.js", import.meta.url));

function run(script: string, environment: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
}

it("computes, keeps quiet and ends with exit code 0", () => {
  const script = `const { tf } = await import(${JSON.stringify(index)}); console.log(tf.add([1, 2], [3, 4]).arraySync().join());`;
  const { stdout, stderr, status } = run(script);
  expect({ stdout, stderr, status }).toEqual({ stdout: "4,6\n", stderr: "", status: 0 });
});

it("keeps an exit code that was set", () => {
  const script = `const { tf } = await import(${JSON.stringify(index)}); tf.zeros([1]).dataSync(); process.exitCode = 7;`;
  expect(run(script).status).toBe(7);
});

it("loads nothing before the first op, and then says in one sentence what is missing", () => {
  const script = `const { tf } = await import(${JSON.stringify(index)}); console.log("imported"); try { tf.zeros([2]).add(1).dataSync(); } catch (error) { console.log(error.name + ": " + error.message); }`;
  const { stdout } = run(script, { TUNELAB_LIBTENSORFLOW: "/nowhere" });
  expect(stdout).toMatch(
    /^imported\nLibtensorflowError: [^\n]*TUNELAB_LIBTENSORFLOW=\/nowhere[^\n]*npm start[^\n]*\n$/,
  );
});

it("does not fall back to a slow backend in silence", () => {
  const script = `const { tf } = await import(${JSON.stringify(index)}); console.log(tf.getBackend()); try { tf.matMul([[1]], [[2]]).dataSync(); console.log("computed"); } catch { console.log("refused"); }`;
  expect(run(script, { TUNELAB_LIBTENSORFLOW: "/nowhere" }).stdout).toBe("tensorflow\nrefused\n");
});

it.each([
  ["TUNELAB_GPU_MEMORY", "4 GB", 2 ** 24],
  ["TF_NUM_INTRAOP_THREADS", "-1", 4096],
  ["TF_NUM_INTEROP_THREADS", "5000", 4096],
])("refuses %s=%s in one sentence", (variable, value, most) => {
  const script = `const { tf } = await import(${JSON.stringify(index)}); try { tf.zeros([2]).add(1).dataSync(); } catch (error) { console.log(error.name + ": " + error.message); }`;
  expect(run(script, { [variable]: value }).stdout).toBe(
    `RangeError: ${variable} must be a whole number from 0 to ${most}, but is "${value}"\n`,
  );
});
