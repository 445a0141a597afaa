import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { datasetOf } from "../../../bench/doctor/data/datasetOf.mjs";
import { faulty } from "../../../bench/doctor/faults/faulty.mjs";
import { proofs } from "../../../bench/doctor/faults/proofs.mjs";
import { buildNet } from "../../../bench/doctor/nets/buildNet.mjs";
import { problems } from "../../../bench/doctor/problems.mjs";
import { trainFaults } from "../../../bench/doctor/trainFaults.mjs";

const names = Object.keys(problems);
const places = (problem: string, count: number) =>
  Array.from({ length: count }, (_, i) => names.indexOf(problem) + i * names.length);
const onPoints = (problem: string) => places(problem, 16).filter((i) => !faulty(i).isOnImages);
const bothOf = async (i: number) => {
  const { definition, twin } = faulty(i);
  return [await datasetOf(definition.data, i), await datasetOf(twin.data, i)] as const;
};

it("makes up the same fault for the same number, of each problem in turn, one in four on images", () => {
  expect(faulty(17)).toEqual(faulty(17));
  const some = Array.from({ length: 4 * names.length }, (_, i) => faulty(i));
  expect(some.map(({ definition }) => definition.must[0])).toEqual([...names, ...names, ...names, ...names]);
  expect(some.filter(({ isOnImages }) => isOnImages)).toHaveLength(names.length);
  expect(new Set(some.map(({ definition }) => JSON.stringify(definition))).size).toBe(some.length);
  for (const { definition, twin } of some) {
    expect({ ...definition, id: "", family: "", must: [] }).not.toEqual({ ...twin, id: "", family: "" });
    for (const problem of [...definition.must, ...definition.may]) expect(names).toContain(problem);
  }
});

it("makes at least a fifth of the labels of training wrong", async () => {
  for (const i of onPoints("label-noise")) {
    const [{ train, validation }, plain] = await bothOf(i);
    const wrong = Array.from(train.y as Int32Array).filter((label, row) => label !== plain.train.y[row]);
    expect(wrong.length / train.size, String(i)).toBeGreaterThan(0.2);
    expect(validation?.y).toEqual(plain.validation?.y);
  }
});

it("shows training rows in validation, or the label among the inputs", async () => {
  for (const i of onPoints("leak")) {
    const [{ train, validation }] = await bothOf(i);
    const width = train.x.length / train.size;
    const rowsOf = (x: Float32Array) =>
      Array.from({ length: x.length / width }, (_, row) => x.subarray(row * width, (row + 1) * width));
    const known = new Set(rowsOf(train.x).map(String));
    const shown = rowsOf(validation?.x ?? new Float32Array()).filter((row) => known.has(String(row)));
    const isTold = rowsOf(train.x).every((row, at) => row.at(-1) === train.y[at]);
    expect(isTold || shown.length >= 0.25 * (validation?.size ?? 0), String(i)).toBe(true);
  }
});

it("has one class at least 50 times as frequent as another", async () => {
  for (const i of onPoints("imbalance").slice(0, 6)) {
    const [{ train, classes = 0 }] = await bothOf(i);
    const counts = Array.from(
      { length: classes },
      (_, k) => train.y.filter((label: number) => label === k).length,
    );
    expect(Math.max(...counts) / Math.min(...counts), String(i)).toBeGreaterThan(50);
  }
});

it("has numbers at least 20 times as large as its twin's", async () => {
  const size = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));
  for (const i of onPoints("unnormalised")) {
    const [{ train }, plain] = await bothOf(i);
    const times = (part: "x" | "y") => size(train[part]) / size(plain.train[part]);
    expect(Math.max(times("x"), times("y")), String(i)).toBeGreaterThan(20);
  }
});

it("freezes a hidden layer that there is, behind a trained one, or cuts it off", () => {
  for (const i of places("dead-layer", 12)) {
    const { net, layers = [] } = faulty(i).definition;
    const model = buildNet(net, { inputShape: [4], classes: 3 }, i);
    const named = model.layers.map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(layers));
    if (net.detached) expect(named).toContain(`${net.detached}_detached`);
    else expect(model.getLayer(layers[0]).trainable || layers[0] === "hidden_1").toBe(false);
  }
});

const classes = { classes: 2, validation: { y: Int32Array.of(0, 1) } };
const trained = (history: object, status = "finished") => ({
  trained: { status, history },
  dataset: classes,
});
const ended = (valAccuracy: number) => trained({ valAccuracy: Array(6).fill(valAccuracy), valLoss: [1] });

it("proves a fault by what was reached beside the twin", () => {
  expect(proofs.worse(ended(0.7), ended(0.95))).toBeUndefined();
  expect(proofs.worse(ended(0.9), ended(0.95))).toMatch("0.900");
  expect(proofs.worse(trained({}, "failed"), ended(0.95))).toBeUndefined();
});

it("proves swings and gaps by the epochs", () => {
  const swinging = trained({ valAccuracy: [0.5, 0.6, 0.9, 0.7, 0.9, 0.6, 0.9, 0.8] });
  expect(proofs.swings(swinging, ended(0.9))).toBeUndefined();
  expect(proofs.swings(ended(0.9), ended(0.9))).toMatch("0.000");
  expect(proofs.swings(swinging, swinging)).toMatch("twin");
  expect(proofs.swingsOrWorse(ended(0.6), ended(0.9))).toBeUndefined();
  const gapOf = (accuracy: number[], valAccuracy: number[]) => proofs.gap(trained({ accuracy, valAccuracy }));
  expect(gapOf([0.9, 1, 1], [0.8, 0.8, 0.7])).toBeUndefined();
  expect(gapOf([0.9, 1, 1], [0.9, 0.95, 0.9])).toMatch("0.967 and 0.917");
  expect(gapOf([0.9, 0.9, 0.9], [0.7, 0.7, 0.7])).toMatch("0.900 and 0.700");
});

it("trains until each problem has its share, throws away what proves nothing, and takes what is there", async () => {
  const dir = mkdtempSync(join(tmpdir(), "tunelab-faults-"));
  const seen: string[] = [];
  // The second fault does not bite.
  const train = async ({ id, data }: { id: string; data: { of: string } }) => {
    seen.push(id);
    mkdirSync(join(dir, id));
    const bites = !id.startsWith("twin") && seen.length !== 4;
    const accuracy = bites ? 0.3 : 1;
    const loss = data.of === "waves" ? (bites ? 1 : 0) : 0.1;
    return {
      status: "finished",
      dir: join(dir, id),
      history: { valAccuracy: Array(5).fill(accuracy), valLoss: Array(5).fill(loss) },
    };
  };
  const options = { count: 34, from: 1000, dir, only: ["dying"], onPoints: true, train } as never;
  interface Trained {
    readonly definition: { readonly must: string[] };
    readonly seed: number;
  }
  const { runs, dropped, tried }: { runs: Trained[]; dropped: string[]; tried: number } =
    await trainFaults(options);
  expect([runs.length, dropped.length, tried]).toEqual([4, 1, 3]);
  expect(runs.map(({ definition }) => definition.must.length)).toEqual([1, 0, 1, 0]);
  expect(runs.every(({ seed }) => seed >= 1000 && names[seed % names.length] === "dying")).toBe(true);
  expect((await trainFaults(options)).runs).toEqual(runs);
  expect(seen).toHaveLength(6);
  rmSync(dir, { recursive: true });
});
