/**
 * Wrong calls of TensorFlow.js and of the binding, alone and inside captured functions, and saved models with damaged
 * files or wrong inputs, in processes of their own: each must end in a value or an Error.
 * TUNELAB_FUZZ_OPS sets how many, TUNELAB_FUZZ_SEED the seed.
 */
import { describe, expect, it } from "vitest";
import { tf } from "../../../../src/native/index.js";
import { rightCalls } from "./rightCalls.js";
import { type FuzzResult, runFuzz } from "./runFuzz.js";

const total = Number(process.env.TUNELAB_FUZZ_OPS ?? 1000);
const seed = Number(process.env.TUNELAB_FUZZ_SEED ?? 11);

/**
 * Calls that may take longer than the fuzz waits, and end in a value or an Error when their time comes: TensorFlow.js
 * draws millions of numbers in JavaScript; TensorFlow averages over every place of a window, however large it is.
 */
const slow = /tf\.random\w+\(|(?:Avg|Max)Pool\w*\(|tf\.(?:linspace|range|fill|zeros|oneHot|tile|eye)\(/;

/** Each of so many calls ended in a value or an Error, but for those that may last. */
function expectSurvived(result: FuzzResult, calls: number, mayLast?: RegExp): void {
  const { values, errors, deaths, endless, thrown } = result;
  expect(deaths.join("\n\n")).toBe("");
  expect(thrown).toEqual([]);
  expect(endless.filter((call) => !mayLast?.test(call))).toEqual([]);
  expect(values + errors + endless.length).toBe(calls);
}

describe("a wrong call", () => {
  it(`is a JavaScript error, never the end of the process, ${total} times`, {
    timeout: 300_000 + total * 60,
  }, async () => {
    const result = await runFuzz({ seed, total });
    expectSurvived(result, total, slow);
    const { values, errors, executed } = result;
    // Neither all refused at the door, nor all taken: some of each come from TensorFlow itself.
    expect(values).toBeGreaterThan(total / 4);
    expect(errors).toBeGreaterThan(total / 4);
    expect(executed).toBeGreaterThan(total);
  });
});

describe("a wrong call inside a captured function", () => {
  const fewer = Math.ceil(total / 4);

  it(`is a JavaScript error, never the end of the process, ${fewer} times`, {
    timeout: 300_000 + fewer * 60,
  }, async () => {
    const result = await runFuzz({
      kind: "capturedOps",
      seed,
      total: fewer,
    });
    expectSurvived(result, fewer, slow);
    const { values, errors, executed } = result;
    expect(values).toBeGreaterThan(fewer / 5);
    expect(errors).toBeGreaterThan(fewer / 4);
    expect(executed).toBeGreaterThan(fewer);
  });
});

describe("a saved model with a damaged file, or given wrong inputs", () => {
  const fewer = Math.ceil(total / 10);

  it(`is a JavaScript error, never the end of the process, ${fewer} times`, {
    timeout: 300_000 + fewer * 600,
  }, async () => {
    const result = await runFuzz({
      kind: "savedModels",
      seed,
      total: fewer,
    });
    expectSurvived(result, fewer);
    const { values, errors, executed } = result;
    // Some damage is none to what is run, and some is seen only when it runs.
    expect(values).toBeGreaterThan(fewer / 10);
    expect(errors).toBeGreaterThan(fewer / 3);
    expect(executed).toBeGreaterThan(values);
  });
});

describe("the fuzz", () => {
  it("knows no function that TensorFlow.js has not", () => {
    const unknown = Object.keys(rightCalls).filter(
      (name) =>
        typeof name.split(".").reduce((of, part) => (of as never)[part], tf as unknown) !== "function",
    );
    expect(unknown).toEqual([]);
  });

  it("names the call that ended a process, and goes on behind it", async () => {
    const { values, errors, executed, deaths } = await runFuzz({ seed: 7, total: 20, crashIn: 12 });
    expect(deaths.length).toBe(1);
    expect(deaths[0]).toMatch(/^call 12 of seed 7:\n {2}tf\.\w+[\s\S]*\nSIGSEGV\n/);
    expect(values + errors).toBe(20);
    const [before, with12, whole] = [12, 13, 20].map((total) => runFuzz({ seed: 7, total }));
    const ops = async (run: typeof whole) => (await run)?.executed ?? Number.NaN;
    expect(executed).toBe((await ops(whole)) - ((await ops(with12)) - (await ops(before))));
  });
});
