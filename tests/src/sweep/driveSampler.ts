/** Drives a sampler by hand: what a coordinator does, without a journal or an engine. */
import { contains, type ParameterValue } from "../../../src/sweep/distribution.js";
import { Observations } from "../../../src/sweep/observations.js";
import type { Sampler } from "../../../src/sweep/samplers/sampler.js";
import type { Parameters, Space } from "../../../src/sweep/space.js";
import type { Direction, TrialRecord, TrialState } from "../../../src/sweep/trialRecord.js";
import { drawParameter, trialSeed } from "../../../src/sweep/trialSeed.js";

export interface Drive {
  readonly sampler: Sampler;
  /** What a trial asks for; for conditional spaces it depends on the values so far. */
  readonly space: Space | ((params: Parameters) => Space);
  readonly declared?: boolean;
  readonly evaluate: (params: Parameters, number: number) => number;
  readonly state?: (number: number) => TrialState;
  readonly trials: number;
  readonly seed?: number;
  readonly direction?: Direction;
  /** Asks made before the first of them is told. */
  readonly parallel?: number;
}

/** The trials in order; shorter than asked for when the sampler is exhausted. */
export function drive({
  sampler,
  space,
  declared = true,
  evaluate,
  state = () => "complete",
  ...rest
}: Drive): TrialRecord[] {
  const { trials, seed = 0, direction = "minimize", parallel = 1 } = rest;
  const spaceAt = typeof space === "function" ? space : () => space;
  const observations = new Observations({ seed, direction, space: declared ? spaceAt({}) : undefined });
  const running: { number: number; proposal: Parameters }[] = [];
  const done: TrialRecord[] = [];
  const finish = () => {
    const { number, proposal } = running.shift() as { number: number; proposal: Parameters };
    const record = runTrial(number, proposal);
    observations.observe(record);
    done.push(record);
  };
  const runTrial = (number: number, proposal: Parameters): TrialRecord => {
    const params: Record<string, ParameterValue> = {};
    let asked = spaceAt(params);
    for (;;) {
      const next = Object.entries(asked).find(([name]) => !(name in params));
      if (!next) break;
      const [name, distribution] = next;
      const proposed = proposal[name];
      params[name] =
        proposed !== undefined && contains(distribution, proposed)
          ? proposed
          : sampler.firstValues
            ? distribution.kind === "categorical"
              ? (distribution.choices[0] as ParameterValue)
              : distribution.low
            : drawParameter({ name, distribution }, trialSeed(seed, number));
      asked = spaceAt(params);
    }
    const ended = state(number);
    const value = ended === "failed" ? Number.NaN : evaluate(params, number);
    const intermediate = ended === "pruned" ? ([[1 + (number % 3), value]] as const) : [];
    return {
      number,
      state: ended,
      attempt: 1,
      proposal,
      params,
      distributions: asked,
      value,
      intermediate,
      start: 0,
    };
  };
  for (let number = 0; number < trials; ) {
    const answer = sampler.propose(observations.view(running.map((trial) => trial.proposal)), number);
    if (answer === "exhausted") break;
    if (answer === "wait" || running.length === parallel) {
      if (running.length === 0) throw new Error("the sampler waits although nothing runs");
      finish();
      continue;
    }
    running.push({ number: number++, proposal: answer });
  }
  while (running.length > 0) finish();
  return done;
}
