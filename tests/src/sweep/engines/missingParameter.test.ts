import { expect, it } from "vitest";
import { missingParameter } from "../../../../src/sweep/engines/missingParameter.js";

it.each([
  [
    "export default function train({ lr, units }: { lr: number; units: number }, trial: Trial) {}",
    "lr units",
  ],
  ["export default async ({ lr, units = 3 }: { lr: number; units?: number }) => lr;", "lr"],
  ["export const objective = ({ lr, units }: { lr: number; units?: number }) => lr;", "lr"],
  [
    "interface P { lr: number; units?: number }\nconst f = (p: P, trial: Trial) => p.lr;\nexport default f;",
    "lr",
  ],
  ["type P = { lr: number; units: number };\nexport function objective({ lr, units }: P) {}", "lr units"],
  ["export default (function ({ lr }: { lr: number }) {} satisfies Objective);", "lr"],
  ["export default ({ lr, seed }: { lr: number; seed: number | undefined }) => lr;", "lr"],
  ["export default ({ lr, seed }: { lr: number; seed: undefined | (string | number) }) => lr;", "lr"],
  [
    "type P = { a: 1 | 'x'; b: number[] | null; c: Maybe | undefined };\nexport default (p: P) => p.a;",
    "a b",
  ],
  // Before those of which the source does not say whether they may be undefined.
  ["export default ({ a, b, c }: { a: Maybe; b: number; c: any | number }) => b;", "b a? c?"],
  ["export default ({ lr, units }) => { units ??= 32; };", "lr? units?"],
  ["import type { P } from './p.js';\nexport default ({ lr }: P) => lr;", ""],
  ["interface P extends Q { lr: number }\nexport default (p: P) => p.lr;", ""],
  ["export default (p: { [name: string]: number }) => p.lr;", ""],
  ["export default ({ lr, ...others }: { lr: number }) => lr;", ""],
  ["export default (trial: Trial) => trial.suggestFloat('lr', 0, 1);", ""],
  ["export default ({ params }) => params.lr;", ""],
  ["export default ({ params, number }: { params: object; number: number }) => 1;", ""],
  ["export { objective } from './other.js';", ""],
  ["export default () => 1;", ""],
  ["export default 3;", ""],
  ["no module", ""],
])("of %s: %s", (source, names) => {
  const found: string[] = [];
  const told: string[] = [];
  for (;;) {
    const next = missingParameter("/train.ts", source, found);
    if (!next) break;
    found.push(next.name);
    told.push(next.isCertain ? next.name : `${next.name}?`);
  }
  expect(told.join(" ")).toBe(names);
});

it("reads JavaScript, where those without a default may be set in the body", () => {
  const source = "export default ({ lr, units = 8 }, trial) => lr;";
  expect(missingParameter("/train.mjs", source, [])).toEqual({ name: "lr", isCertain: false });
  expect(missingParameter("/train.mjs", source, ["lr"])).toBeUndefined();
});

it("leaves it to others to tell of a name that is none of the objective's", () => {
  expect(
    missingParameter("/train.mjs", "export default ({ lr, units }) => lr;", ["lr", "unit"]),
  ).toBeUndefined();
});
