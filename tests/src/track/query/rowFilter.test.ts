import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { rowFilter } from "../../../../src/track/query/rowFilter.js";
import { row } from "./rows.js";

const rows = [
  row("first", {
    config: { lr: 0.1, optimizer: { name: "adam", lr: 1e-3 }, drop: true, layers: [8, 4], seed: 3 },
    metrics: { valAccuracy: 0.5, "train/loss": 2, epochs: 3 },
    tags: ["fast", "old"],
    group: "g1",
    notes: "it overfits\nfrom epoch 3",
  }),
  row("second", {
    config: { lr: 0.001, drop: false, activation: "relu" },
    metrics: { valAccuracy: 0.98, "train/loss": Number.NaN },
    status: "failed",
    createdAt: "2026-11-25T00:00:00.000Z",
    duration: 7200,
    seed: 7,
  }),
  row("third one", {
    config: { activation: "7" },
    metrics: { valAccuracy: Number.POSITIVE_INFINITY },
    createdAt: "2026-11-30T12:00:00.000Z",
    duration: 59.5,
  }),
];
const found = (filter: string) => rows.filter(rowFilter(filter, rows)).map(({ name }) => name);
afterEach(() => void vi.useRealTimers());

test.each<[string, string[]]>([
  ["valAccuracy>0.97", ["second", "third one"]],
  ["valAccuracy>0.97 and config.lr<0.01", ["second"]],
  ["epoch/valAccuracy <= 0.5", ["first"]],
  ["lr=1e-1", ["first"]],
  ["notes ~ overfits", ["first"]],
  ["notes = none", ["second", "third one"]],
  ["status=failed or status=stale", ["second"]],
  ["optimizer.lr=0.001", ["first"]],
  ["config.optimizer.name = adam", ["first"]],
  ["valAccuracy = inf", ["third one"]],
  ["train/loss = nan", ["second"]],
  ["train/loss < 5", ["first"]],
  ["train/loss != 2", ["second", "third one"]],
  ["train/loss = none", ["third one"]],
  ["lr != none", ["first", "second"]],
  ["drop = true", ["first"]],
  ["drop = false", ["second"]],
  ["layers = [8,4]", ["first"]],
  ["activation = 7", ["third one"]],
  ['activation = "7"', ["third one"]],
  ['valAccuracy = "0.5"', []],
  ["name ~ ^.*ir", ["first", "third one"]],
  ["name ~ ^.*IR", []],
  ["name !~ ^.*ir", ["second"]],
  ["name ~ '(one|sec)'", ["second", "third one"]],
  ["activation ~ .", ["second", "third one"]],
  ["activation !~ .", ["first"]],
  ['name = "third one"', ["third one"]],
  ["name >= second", ["second", "third one"]],
  ["tags = fast", ["first"]],
  ["tags != fast", ["second", "third one"]],
  ["tags ~ ^ol", ["first"]],
  ["tags = none", ["second", "third one"]],
  ["group = g1 or status = failed", ["first", "second"]],
  ["not (group = g1 or status = failed)", ["third one"]],
  // What a run was given as its seed goes before a setting of that name.
  ["seed = 7", ["second"]],
  ["seed = 3", ["first"]],
  ["config.seed = 3", ["first"]],
  ["metrics.epochs = 3", ["first"]],
  ["duration > 60", ["first", "second"]],
  ["duration > 1m and duration < 2h", ["first"]],
  ["seconds = 2h", ["second"]],
  ["started > 2026-11-24", ["first", "second", "third one"]],
  ["started >= 2026-11-25", ["second", "third one"]],
  ['started < "2026-11-24 13:21"', ["first"]],
  ["started > 2026-11-30T14:00:00+02:30", ["third one"]],
  ["started = 2026-11-25", ["second"]],
  ['createdAt = "2026-11-24 13:20"', ["first"]],
  ["started = 2026-11-25T00:00:00Z", ["second"]],
  ["started != 2026-11", []],
])("%s", (filter, names) => {
  expect(found(filter)).toEqual(names);
});

test("times before now are counted from now", () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-30T12:30:00Z") });
  expect(found("started > -1h")).toEqual(["third one"]);
  expect(found("started > -0.25h")).toEqual([]);
  expect(found("started < -5d")).toEqual(["first", "second"]);
});

describe("refuses, with the column:", () => {
  test.each([
    ["valAcuracy > 1", 1, 'no run has a field "valAcuracy"; the nearest is valAccuracy'],
    [
      "lr<1 and config.optimiser.lr=1",
      10,
      'no run has a field "config.optimiser.lr"; the nearest are config.optimizer.lr, config.optimizer.name',
    ],
    [
      "name=a or xyzzy=1",
      11,
      'no run has a field "xyzzy"; there are name, id, status, group, tags, notes, seed, started, createdAt, duration, seconds, config.… and the metrics valAccuracy, epochs',
    ],
    [
      "status=finishd",
      8,
      'a status is running, finished, failed, interrupted, pruned, killed, stale, unknown; got "finishd", the nearest is finished',
    ],
    [
      "status != done",
      11,
      'a status is running, finished, failed, interrupted, pruned, killed, stale, unknown; got "done"',
    ],
    [
      "valAccuracy > high",
      15,
      'valAccuracy is a number, and so must be what it is compared with; got "high"',
    ],
    [
      "name ~ '('",
      8,
      "a regular expression is needed; Invalid regular expression: /(/iu: Unterminated group",
    ],
    ["duration < soon", 12, 'a duration is needed, such as 90, 90s, 5m, 2h or 1d; got "soon"'],
    [
      "started > yesterday",
      11,
      'a time in UTC is needed, such as 2026-11-24, "2026-11-24 13:20" or -2h (two hours ago); got "yesterday"',
    ],
    [
      "started > 2026-13-01",
      11,
      'a time in UTC is needed, such as 2026-11-24, "2026-11-24 13:20" or -2h (two hours ago); got "2026-13-01"',
    ],
    [
      "started = -2h",
      11,
      'a day or a minute in UTC is needed, such as 2026-11-24 or "2026-11-24 13:20", or another sign: started > -2h finds those since two hours ago; got "-2h"',
    ],
    [
      "createdAt != 24.11.2026",
      14,
      'a day or a minute in UTC is needed, such as 2026-11-24 or "2026-11-24 13:20", or another sign: createdAt > -2h finds those since two hours ago; got "24.11.2026"',
    ],
  ])("%s", (filter, column, why) => {
    expect(() => rowFilter(filter, rows)).toThrow(
      new SyntaxError(`filter runs by ${JSON.stringify(filter)}: column ${column}: ${why}`),
    );
  });

  test("names that every object has are no fields", () => {
    for (const name of ["constructor", "__proto__", "metrics.toString", "config.valueOf"])
      expect(() => rowFilter(`${name} = 1`, rows)).toThrow(/no run has a field/);
  });
});

test("without runs only the grammar can be wrong", () => {
  expect([].filter(rowFilter("anything > 1", []))).toEqual([]);
  expect(() => rowFilter("anything >", [])).toThrow(SyntaxError);
});

/** A filter as text, and what it says, computed beside the parser. */
interface Said {
  readonly text: string;
  readonly says: (values: readonly number[]) => boolean;
}

test("any filter of numbers says what JavaScript says", () => {
  const fields = ["a", "b", "c"];
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer({ min: -3, max: 3 }),
  );
  const signs: Record<string, (x: number, y: number) => boolean> = {
    "<": (x, y) => x < y,
    "<=": (x, y) => x <= y,
    ">": (x, y) => x > y,
    ">=": (x, y) => x >= y,
    "=": (x, y) => x === y,
    "!=": (x, y) => x !== y,
  };
  const comparison = fc.tuple(fc.nat(2), fc.constantFrom(...Object.keys(signs)), number).map(
    ([i, sign, y]): Said => ({
      text: `${fields[i]} ${sign} ${y}`,
      says: (values) => signs[sign]?.(values[i] as number, y) === true,
    }),
  );
  const { filter } = fc.letrec<{ filter: Said }>((tie) => ({
    filter: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      comparison,
      tie("filter").map(({ text, says }): Said => ({ text: `not (${text})`, says: (v) => !says(v) })),
      fc.tuple(tie("filter"), fc.boolean(), tie("filter")).map(
        ([one, isAnd, other]): Said => ({
          text: `(${one.text}) ${isAnd ? "and" : "or"} (${other.text})`,
          says: (v) => (isAnd ? one.says(v) && other.says(v) : one.says(v) || other.says(v)),
        }),
      ),
    ),
  }));
  fc.assert(
    fc.property(filter, fc.tuple(number, number, number), ({ text, says }, [a, b, c]) => {
      const one = row("x", { metrics: { a, b, c } });
      expect(rowFilter(text, [one])(one)).toBe(says([a, b, c]));
    }),
    { numRuns: 500 },
  );
});
