import { describe, expect, it } from "vitest";
import { repairFigures } from "../../../bench/doctor/repair/figures.mjs";
import { repaired, repairRate } from "../../../bench/doctor/repair/repaired.mjs";
import { healthyTwin } from "../../../bench/doctor/repair/twins.mjs";
import { runs } from "../../../bench/doctor/runs/runs.mjs";

const alarm = (name: string, problem?: string) => ({ name, problem });
const facts = {
  must: ["overfit"],
  before: [alarm("Overfit", "overfit"), alarm("Plateau")],
  after: [alarm("Plateau")],
  accuracy: 0.871,
  twin: 0.9,
  had: 0.85,
};

describe("repaired", () => {
  it.each([
    [{}, { gone: true, quiet: true, reached: true, repaired: true }],
    [{ after: [alarm("Overfit", "overfit")] }, { gone: false, repaired: false }],
    [{ after: [alarm("Oscillation", "oscillation")] }, { gone: true, quiet: false, repaired: false }],
    [{ accuracy: 0.869 }, { reached: false, repaired: false }],
    // The faulty run itself was better.
    [{ had: 0.95 }, { reached: false, repaired: false }],
    [{ accuracy: Number.NaN }, { reached: false, repaired: false }],
    [
      { accuracy: 0, rows: { wrong: 0.8, clean: 0.1 } },
      { reached: true, repaired: true },
    ],
    [{ rows: { wrong: 0.79, clean: 0.1 } }, { reached: false }],
    [{ rows: { wrong: 1, clean: 0.11 } }, { reached: false }],
  ])("is strict (%#)", (other, expected) => {
    expect(repaired({ ...facts, ...other })).toMatchObject(expected);
  });
});

it("counts a run that two of three seeds repair", () => {
  const of = (id: string, ...seeds: boolean[]) => seeds.map((is) => ({ id, repaired: is }));
  expect(repairRate([...of("A", true, true, false), ...of("B", true, false, false)])).toBe(0.5);
  expect(repairRate([...of("A", true), ...of("B", false), ...of("C", true)])).toBeCloseTo(2 / 3);
});

it("takes for a twin the usual net on the same data without their fault", () => {
  const of = (id: string) => healthyTwin(runs.find((run: { id: string }) => run.id === id));
  expect(of("UN1")).toMatchObject({ data: { of: "circle" }, net: { hidden: [16, 16] }, epochs: 60 });
  expect(of("UN1").data).not.toHaveProperty("scale");
  expect(of("OF1")).toMatchObject({ data: { of: "mnist", rows: 200 }, net: { hidden: [128] } });
  expect(of("CI1").data).toHaveProperty("shares");
  expect(of("FZ2").net).toEqual({ conv: [8, 16], hidden: [64] });
});

describe("repairFigures", () => {
  const found = (id: string, isRepaired: boolean, { cured = isRepaired, gain = 0.1, cost = 1 } = {}) => ({
    ...{ id, repaired: isRepaired, cured, gain, cost },
  });

  it("says of how many it called cured that they were repaired, and the other way round", () => {
    const all = [
      found("A1", true, { cost: 3 }),
      found("A1", false, { cured: true, gain: Number.NaN }),
      found("B1", true, { cured: false, gain: 0.3 }),
      found("B1", false, { gain: 0 }),
    ];
    const { rate, ...rest } = repairFigures(all);
    expect(rate).toBe(repairRate(all));
    expect(rest).toMatchObject({
      ...{ runs: 2, cured: 0.5, curedOfRepaired: 0.5, repairedOfCured: 0.5, cost: 1 },
    });
    expect(rest.gainPoints).toBeCloseTo(40 / 3, 9);
  });

  it("gives no share of none", () => {
    expect(repairFigures([found("A1", false)])).toMatchObject({
      ...{ cured: 0, curedOfRepaired: null, repairedOfCured: null },
    });
  });
});
