/** One suite over every sampler. */
import { describe, expect, test } from "vitest";
import { contains, type Distribution } from "../../../src/sweep/distribution.js";
import { samplerNamed, samplerNames } from "../../../src/sweep/samplers/named.js";
import type { SamplerView } from "../../../src/sweep/samplers/sampler.js";
import { normalizeSpace, type Parameters, type Space, space } from "../../../src/sweep/space.js";
import { drive } from "../../src/sweep/driveSampler.js";

const continuous = normalizeSpace({
  lr: space.log(1e-5, 1),
  drop: space.float(0, 0.9),
  units: space.int(16, 512, { log: true }),
  activation: ["relu", "tanh"],
});
const discrete = normalizeSpace({
  a: space.int(1, 4),
  b: ["x", "y", "z"],
  c: space.float(0, 0.5, { step: 0.25 }),
  fixed: "same",
});
const size = 4 * 3 * 3;
const key = (params: Parameters) => JSON.stringify(Object.entries(params).sort());
const sphere = (params: Parameters) =>
  Object.values(params).reduce<number>(
    (sum, value) => sum + (typeof value === "number" ? value * value : String(value).length),
    0,
  );

describe.each(samplerNames)("the sampler %s", (name) => {
  // A grid has no points on a continuous parameter; everything else must take both.
  const spaces: [string, Space][] = [
    ["discrete", discrete],
    ["edges of log integers", normalizeSpace({ n: space.int(1, 3, { log: true }), m: space.int(7, 7) })],
    ...(name === "grid" ? [] : ([["continuous", continuous]] as [string, Space][])),
  ];

  test.each(spaces)("proposes values of the space only: %s", (_, of) => {
    const trials = drive({ sampler: samplerNamed(name), space: of, evaluate: sphere, trials: 60 });
    for (const { params } of trials) {
      expect(Object.keys(params)).toEqual(Object.keys(of));
      for (const [parameter, value] of Object.entries(params))
        expect(contains(of[parameter] as Distribution, value), `${parameter} = ${value}`).toBe(true);
    }
  });

  test.each([1, 4])("tries every combination once and ends, %d at a time", (parallel) => {
    const trials = drive({
      sampler: samplerNamed(name),
      space: discrete,
      evaluate: sphere,
      trials: 500,
      parallel,
    });
    expect(trials.length).toBe(size);
    expect(new Set(trials.map((trial) => key(trial.params))).size).toBe(size);
  });

  test("walks a conditional space that nobody declared, without a repetition, and ends", () => {
    // 2 + 3 + 1 combinations.
    const conditional = (params: Parameters): Space =>
      normalizeSpace({
        kind: ["a", "b", "c"],
        ...(params.kind === "a" ? { depth: space.int(1, 2) } : {}),
        ...(params.kind === "b" ? { rate: space.float(0, 1, { step: 0.5 }) } : {}),
      });
    const trials = drive({
      sampler: samplerNamed(name),
      space: conditional,
      declared: false,
      evaluate: sphere,
      trials: 100,
    });
    const keys = trials.map((trial) => key(trial.params));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBe(6);
  });

  test("gives the same proposals for the same seed", () => {
    const of = name === "grid" ? discrete : continuous;
    const run = (seed: number) =>
      drive({ sampler: samplerNamed(name), space: of, evaluate: sphere, trials: 30, seed, parallel: 3 }).map(
        (trial) => key(trial.params),
      );
    expect(run(7)).toEqual(run(7));
    if (name !== "grid") expect(run(7)).not.toEqual(run(8));
  });

  test("a resumed sampler goes on as the first would have", () => {
    const of = name === "grid" ? discrete : continuous;
    const whole = drive({ sampler: samplerNamed(name), space: of, evaluate: sphere, trials: 30, seed: 3 });
    // A new object sees the same history: proposals 20 and on must not depend on what the old one remembered.
    const [first, second] = [samplerNamed(name), samplerNamed(name)];
    const swapping = {
      ...first,
      propose: (view: SamplerView, number: number) => (number < 20 ? first : second).propose(view, number),
    };
    const resumed = drive({ sampler: swapping, space: of, evaluate: sphere, trials: 30, seed: 3 });
    expect(resumed.map((trial) => key(trial.params))).toEqual(whole.map((trial) => key(trial.params)));
  });

  test("lives with failed, pruned, infinite and NaN results", () => {
    const states = ["complete", "failed", "pruned"] as const;
    const values = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    const trials = drive({
      sampler: samplerNamed(name),
      space: name === "grid" ? discrete : continuous,
      evaluate: (_, number) => values[number % values.length] as number,
      state: (number) => states[number % 3] ?? "complete",
      trials: 36,
    });
    expect(trials.length).toBe(36);
  });

  test("answers on a space of one value", () => {
    const trials = drive({
      sampler: samplerNamed(name),
      space: normalizeSpace({ only: 3 }),
      evaluate: sphere,
      trials: 5,
    });
    expect(trials.map((trial) => trial.params)).toEqual([{ only: 3 }]);
  });

  test("asks many times before the first is told", () => {
    const trials = drive({
      sampler: samplerNamed(name),
      space: discrete,
      evaluate: sphere,
      trials: 30,
      parallel: 30,
    });
    expect(new Set(trials.map((trial) => key(trial.params))).size).toBe(30);
  });

  test("takes ten times as long after ten times as many told trials, not a hundred times", () => {
    const of = normalizeSpace({ a: space.int(1, 100), b: space.int(1, 100), c: ["u", "v"] });
    const [sampler, quick] = [samplerNamed(name), samplerNamed("random")];
    // Milliseconds of the processor, the least of twenty: what a busy machine adds is not the sampler's.
    const least = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY };
    const timed = {
      ...sampler,
      propose: (...args: ProposeArguments) => {
        const when = args[1] >= 1000 ? "many" : args[1] >= 100 && args[1] < 120 ? "few" : undefined;
        if (when === undefined) return quick.propose(...args);
        const from = process.cpuUsage();
        const answer = sampler.propose(...args);
        const { user, system } = process.cpuUsage(from);
        least[when] = Math.min(least[when], (user + system) / 1000);
        return answer;
      },
    };
    drive({ sampler: timed, space: of, evaluate: sphere, trials: 1020 });
    // Of less than a tenth of a millisecond nothing can be told.
    expect(least.many).toBeLessThan(10 * Math.max(least.few, 0.1));
  });
});

type ProposeArguments = [view: SamplerView, number: number];
