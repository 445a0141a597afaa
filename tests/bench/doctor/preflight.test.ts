import { expect, it } from "vitest";
import { findingName, found, preflightFigures } from "../../../bench/doctor/preflight/figures.mjs";

const look = (family: string, must: string[], seconds: number, ...findings: object[]) =>
  ({
    definition: { family, must },
    seed: 0,
    preflight: { seconds, passed: [], findings, notChecked: [] },
  }) as never;
const of = (problem: string) => ({ check: "gradients", problem });

const all = [
  look("VG", ["vanishing"], 0.2, of("VanishingGradient"), of("DeadLayer")),
  look("VG", ["vanishing"], 0.4, of("DeadLayer")),
  look("DR", ["dying", "bad-init"], 0.1),
  look("LH", ["lr-high"], 0.3),
  look("H", [], 0.5),
  look("G", [], 2.5, { check: "one batch" }),
];

it("calls a finding as the benchmark does, else as the doctor, else as the check", () => {
  expect(findingName(of("NotFinite") as never)).toBe("exploding");
  expect(findingName(of("Plateau") as never)).toBe("Plateau");
  expect(findingName({ check: "one batch" } as never)).toBe("one batch");
});

it("counts runs with a finding, and with the right one", () => {
  expect(found(all as never)).toEqual({ runs: 6, any: 3, right: 1 });
});

it("takes shares of the faults that can be seen, and of healthy runs", () => {
  expect(preflightFigures(all as never)).toEqual({
    found: 2 / 3,
    named: 1 / 3,
    falseAlarms: 1 / 2,
    seconds: 0.35,
    mostSeconds: 2.5,
  });
  expect(preflightFigures([look("LH", ["lr-high"], 1)] as never)).toMatchObject({
    found: null,
    falseAlarms: null,
  });
});
