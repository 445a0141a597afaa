import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { tf } from "../../../src/native/index.js";
import { leakKinds } from "./leakKinds.js";
import { savedModelKinds } from "./savedModelKinds.js";

/** `TUNELAB_LEAK_OPS=200000` is the whole measurement; without it only large leaks are seen. */
const ops = Number(process.env.TUNELAB_LEAK_OPS ?? 1000);
const rounds = 12;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Megabytes, after what JavaScript no longer holds was freed. */
function resident(): number {
  collect();
  return process.memoryUsage.rss() / 2 ** 20;
}

const kinds = { ...leakKinds(), ...(await savedModelKinds()) };

it.each(Object.entries(kinds))("%s", { timeout: 3_600_000 }, async (name, { run, weight = 1 }) => {
  const perRound = Math.ceil(ops / rounds / weight);
  const samples: number[] = [];
  const round = async () => {
    for (let i = 0; i < perRound; i++) await run();
    samples.push(resident());
  };
  for (let i = 0; i < rounds / 4; i++) await round();
  const tensors = () => [tf.memory().numTensors, binding.getNumOfTensors(), binding.getNumOfSavedModels()];
  const before = tensors();
  samples.length = 0;
  for (let i = 0; i < rounds; i++) await round();
  expect(tensors()).toEqual(before);
  // The least of each half: what is freed late is no leak.
  const [first, last] = [samples.slice(0, rounds / 2), samples.slice(rounds / 2)].map((half) =>
    Math.min(...half),
  );
  const growth = (last as number) / (first as number) - 1;
  if (process.env.TUNELAB_LEAK_OPS)
    console.log(
      `${name}: ${(growth * 100).toFixed(2)} % over ${perRound * rounds} calls, ${(last as number).toFixed(0)} MB`,
    );
  expect(growth).toBeLessThan(0.02);
});
