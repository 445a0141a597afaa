import { expect, test } from "vitest";
import { narrowedBy, shrunkBy } from "../../../src/doctor/restraints.js";
import { dyingReLU } from "../../../src/doctor/rules/dyingReLU.js";
import { saturatedActivation } from "../../../src/doctor/rules/saturatedActivation.js";
import { madeRun, repeat } from "./rules/series.js";

function run({
  norms,
  activation = "relu",
  l2 = 0.2,
}: {
  norms: number[];
  activation?: string;
  l2?: number;
}) {
  const layers = ["dense_1", "dense_2"].map((name) => ({
    ...{ name, kind: "Dense", units: 4, activation, trainable: true, parameters: 8 },
    weights: [`${name}/kernel`],
    penalties: { [`${name}/kernel`]: { l1: 0, l2 } },
  }));
  const stopped = [0, ...repeat(1, 5)];
  return madeRun({
    layers,
    epochs: { accuracy: repeat(0.5, 5) },
    l2: repeat([1, 1], 6),
    weightL2: norms,
    others: { "activationDead/dense_1": stopped, "activationSaturated/dense_1": stopped },
  });
}

const shrinking = [4, 2, 1, 0.9, 0.9, 0.9];

test("a penalty explains what stops later where it has shrunk a kernel to a quarter", () => {
  expect(shrunkBy(run({ norms: shrinking }))).toEqual(["Underfit", "TooStrongRegularization"]);
  expect(shrunkBy(run({ norms: [4, 2, 1.1, 1.1, 1.1, 1.1] }))).toEqual([]);
  expect(shrunkBy(run({ norms: shrinking, l2: 9e-4 }))).toEqual([]);
  expect(shrunkBy(madeRun({}))).toEqual([]);
});

test("units that are off and flat ends name it then", () => {
  const named = { verdict: { mayFollow: expect.arrayContaining(["Underfit", "TooStrongRegularization"]) } };
  expect(dyingReLU.judge(run({ norms: shrinking }))).toMatchObject(named);
  expect(saturatedActivation.judge(run({ norms: shrinking, activation: "tanh" }))).toMatchObject(named);
  const kept = dyingReLU.judge(run({ norms: repeat(4, 6) }));
  expect(kept).toMatchObject({ kind: "verdict" });
  expect(kept).not.toMatchObject(named);
});

test("few units explain flat ends that came later, in their layer alone", () => {
  const names = (units: readonly number[], flat: readonly string[]) => narrowedBy(madeRun({ units }), flat);
  expect(names([16, 2, 10], ["dense_2"])).toEqual(["Underfit"]);
  expect(names([16, 2, 10], ["dense_1", "dense_2"])).toEqual([]);
  expect(names([16, 5, 10], ["dense_2"])).toEqual([]);
  expect(narrowedBy(madeRun({}), ["dense_1"])).toEqual([]);
  const judged = (first: number) => {
    const series = [first, ...repeat(0.9, 5)];
    const others = { "activationSaturated/dense_2": series };
    const epochs = { accuracy: repeat(0.3, 5) };
    const judgement = saturatedActivation.judge(
      madeRun({ units: [16, 2, 10], activation: "tanh", epochs, others }),
    );
    return judgement.kind === "verdict" ? judgement.verdict.mayFollow : [];
  };
  expect(judged(0.1)).toContain("Underfit");
  expect(judged(0.9)).not.toContain("Underfit");
});

test("an activation that is a layer of its own has the units of what goes into it", () => {
  const dense = (name: string, units: number) => ({
    ...{ name, kind: "Dense", units, trainable: true, parameters: 8 },
    weights: [`${name}/kernel`],
  });
  const activation = {
    name: "tanh_1",
    kind: "Activation",
    activation: "tanh",
    trainable: true,
    parameters: 0,
    weights: [],
  };
  const run = madeRun({ layers: [dense("dense_1", 2), activation, dense("dense_2", 10)] });
  expect(narrowedBy(run, ["tanh_1"])).toEqual(["Underfit"]);
});
