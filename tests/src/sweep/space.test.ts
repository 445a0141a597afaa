import { expect, test } from "vitest";
import { random } from "../../../src/base/random.js";
import {
  cardinality,
  contains,
  draw,
  formatDistribution,
  indexOf,
  nearest,
  valueAt,
} from "../../../src/sweep/distribution.js";
import { parseDistribution, parseSpace } from "../../../src/sweep/parseSpace.js";
import { combinations, normalizeSpace, type SpaceForm, space } from "../../../src/sweep/space.js";

test("parses the declarative form", () => {
  expect(
    parseSpace(
      `lr=log(1e-4,1e-1) batch=[32, 64,128] units=int(32, 512, log) act=[relu,"swish x",'tanh'] drop=float(0,0.5,step=0.1) odd=int(1,9,step=2) on=[true,false,null] epochs=5 name=adam`,
    ),
  ).toEqual({
    lr: { kind: "float", low: 1e-4, high: 1e-1, log: true },
    batch: { kind: "categorical", choices: [32, 64, 128] },
    units: { kind: "int", low: 32, high: 512, log: true },
    act: { kind: "categorical", choices: ["relu", "swish x", "tanh"] },
    drop: { kind: "float", low: 0, high: 0.5, step: 0.1 },
    odd: { kind: "int", low: 1, high: 9, step: 2 },
    on: { kind: "categorical", choices: [true, false, null] },
    epochs: { kind: "categorical", choices: [5] },
    name: { kind: "categorical", choices: ["adam"] },
  });
});

test.each([
  ["lr=log(1e-4)", /"lr" needs log\(low, high\)/],
  ["lr=log(1e-4, 1e-1", /"lr" has an open bracket/],
  ["lr=exp(1, 2)", /"lr" takes float/],
  ["lr=log(a, 2)", /"lr" needs a number there; it was given a/],
  ["lr=float(0, 1, 0.1)", /"lr" takes log or step=S after its bounds; it was given 0.1/],
  ["lr=1 lr=2", /"lr" is given twice/],
  ["= 3", /name=value/],
  ["act=['relu]", /"act" has an open/],
])("refuses %s as a SyntaxError that names the parameter", (text, message) => {
  expect(() => parseSpace(text)).toThrow(SyntaxError);
  expect(() => parseSpace(text)).toThrow(message);
});

test.each<[SpaceForm, RegExp]>([
  [{ lr: space.log(0, 1) }, /"lr" with log needs a lower bound above 0; it was given 0/],
  [{ lr: space.float(2, 1) }, /"lr" needs low ≤ high; it was given low 2 and high 1/],
  [{ lr: space.float(Number.NaN, 1) }, /"lr" needs finite numbers as bounds; it was given NaN/],
  [{ lr: space.float(0, Number.POSITIVE_INFINITY) }, /"lr" needs finite/],
  [{ units: space.int(1, 2.5) }, /"units" needs integers as bounds; it was given 2.5/],
  [{ units: space.int(1, 8, { step: 0 }) }, /"units" needs a step above 0/],
  [{ units: space.int(1, 8, { step: 2, log: true }) }, /"units" takes either log or a step/],
  [{ act: [] }, /"act" needs at least one choice/],
  [{ act: ["a", "a"] }, /"act" needs different choices; "a" stands there twice/],
  [{ act: [Number.NaN] }, /"act" takes text, finite numbers.*given NaN/],
  [{ act: undefined as never }, /"act" takes text.*given undefined/],
])("refuses %j and names the parameter", (form, message) => {
  expect(() => normalizeSpace(form)).toThrow(message);
});

test("points are exact decimals, and high is lowered to the last of them", () => {
  const { drop } = normalizeSpace({ drop: space.float(0, 0.95, { step: 0.1 }) });
  if (!drop) throw new Error("drop expected");
  expect(cardinality(drop)).toBe(10);
  expect(Array.from({ length: 10 }, (_, i) => valueAt(drop, i))).toEqual([
    0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
  ]);
  expect(indexOf(drop, 0.3)).toBe(3);
  expect(indexOf(drop, 0.35)).toBe(-1);
  expect(nearest(drop as Extract<typeof drop, { kind: "float" }>, 0.3499)).toBe(0.3);
});

test("draws lie in the distribution and reach every value", () => {
  const of = normalizeSpace({
    n: space.int(1, 4, { log: true }),
    s: space.float(0, 1, { step: 0.25 }),
    c: ["a", "b"],
    x: space.log(1e-3, 1),
  });
  const chance = random(1);
  for (const [name, distribution] of Object.entries(of)) {
    const seen = new Set<unknown>();
    for (let i = 0; i < 500; i++) {
      const value = draw(distribution, chance);
      expect(contains(distribution, value), name).toBe(true);
      seen.add(value);
    }
    expect(seen.size).toBe(name === "x" ? 500 : cardinality(distribution));
  }
});

test("draws of a log integer have the share of their cells in the logarithm", () => {
  const { n } = normalizeSpace({ n: space.int(1, 4, { log: true }) });
  if (!n) throw new Error("n expected");
  const chance = random(2);
  let ones = 0;
  for (let i = 0; i < 20_000; i++) if (draw(n, chance) === 1) ones++;
  expect(ones / 20_000).toBeCloseTo(Math.log(1.5 / 0.5) / Math.log(4.5 / 0.5), 1);
});

test("what is written is what was read", () => {
  for (const text of [
    "log(0.0001, 0.1)",
    "int(1, 9, step=2)",
    "int(32, 512, log)",
    "float(0, 0.5, step=0.1)",
    '["relu", "swish", 3, true]',
  ])
    expect(formatDistribution(parseDistribution("p", text))).toBe(text);
});

test("counts combinations", () => {
  expect(combinations(normalizeSpace({ a: [1, 2], b: space.int(1, 5), c: 3 }))).toBe(10);
  expect(combinations(normalizeSpace({ a: [1, 2], b: space.float(0, 1) }))).toBe(Number.POSITIVE_INFINITY);
});
