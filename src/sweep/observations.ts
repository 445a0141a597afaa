/**
 * What is known from finished trials, kept up as they come: the samplers' view of a sweep.
 *
 * Invariant: everything here depends on the observed trials and their order only, never on the time they came.
 */
import { ChoiceTree } from "./choiceTree.js";
import { cardinality, type Distribution, type ParameterValue, valueAt } from "./distribution.js";
import type { SamplerView } from "./samplers/sampler.js";
import { combinations, type Parameters, type Space } from "./space.js";
import type { Direction, TrialRecord } from "./trialRecord.js";

export interface ObservationOptions {
  readonly seed: number;
  readonly direction: Direction;
  /** The declared space, if one was. */
  readonly space?: Space | undefined;
}

export class Observations {
  private readonly observed: TrialRecord[] = [];
  private readonly tree = new ChoiceTree();
  /** Combinations tried, by which parameters they have: conditional trials have fewer. */
  private readonly tried = new Map<string, { names: readonly string[]; keys: Set<string> }>();
  private readonly seen: Record<string, Distribution> = {};
  private joint: string[] | undefined;
  /** Lower declared combinations are all tried. */
  private cursor = 0;

  constructor(private readonly options: ObservationOptions) {}

  get count(): number {
    return this.observed.length;
  }

  observe(trial: TrialRecord): void {
    this.observed.push(trial);
    const names = Object.keys(trial.params);
    for (const name of names) this.seen[name] = trial.distributions[name] as Distribution;
    const signature = JSON.stringify(names);
    const group = this.tried.get(signature) ?? { names, keys: new Set() };
    this.tried.set(signature, group);
    group.keys.add(keyOf(trial.params, names));
    if (trial.state !== "failed")
      this.joint = this.joint ? this.joint.filter((name) => name in trial.params) : [...names];
    if (!this.options.space) this.tree.insert(trial);
  }

  view(running: readonly Parameters[]): SamplerView {
    const { seed, direction, space } = this.options;
    const isTaken = (params: Parameters) =>
      this.wasTried(params) || running.some((other) => sameParameters(params, other));
    return {
      seed,
      direction,
      space: space ?? this.seen,
      declared: space !== undefined,
      joint: space ? Object.keys(space) : (this.joint ?? []),
      observed: this.observed,
      running,
      isTaken,
      exhausted: space ? this.declaredExhausted(space, running) : this.tree.exhausted,
      firstFree: () => (space ? this.firstDeclared(space, isTaken) : this.firstUndeclared(running)),
    };
  }

  /** A trial that used a part of these values, all equal, would be repeated by them. */
  private wasTried(params: Parameters): boolean {
    for (const { names, keys } of this.tried.values())
      if (names.length > 0 && names.every((name) => name in params) && keys.has(keyOf(params, names)))
        return true;
    return false;
  }

  private declaredExhausted(space: Space, running: readonly Parameters[]): boolean {
    const total = combinations(space);
    if (!Number.isFinite(total)) return false;
    const names = Object.keys(space);
    const group = this.tried.get(JSON.stringify(names));
    const waiting = new Set(running.map((params) => keyOf(params, names)));
    let count = group?.keys.size ?? 0;
    for (const key of waiting) if (!group?.keys.has(key)) count++;
    return count >= total;
  }

  private firstDeclared(space: Space, isTaken: (params: Parameters) => boolean): Parameters | "exhausted" {
    const total = combinations(space);
    while (this.cursor < total && this.wasTried(combinationAt(space, this.cursor))) this.cursor++;
    for (let index = this.cursor; index < total; index++) {
      const params = combinationAt(space, index);
      if (!isTaken(params)) return params;
    }
    return "exhausted";
  }

  private firstUndeclared(running: readonly Parameters[]): Parameters | "wait" | "exhausted" {
    if (this.tree.irregular)
      throw new RangeError(
        "the sweep needs an objective that asks for the same parameters whenever the values before them are the same; this one asked for others",
      );
    return this.tree.next(running);
  }
}

/** The index-th combination; the last parameter changes fastest. */
export function combinationAt(space: Space, index: number): Parameters {
  const params: Record<string, ParameterValue> = {};
  let rest = index;
  const entries = Object.entries(space);
  for (const [name, distribution] of entries.toReversed()) {
    const count = cardinality(distribution);
    params[name] = valueAt(distribution, rest % count);
    rest = Math.floor(rest / count);
  }
  return Object.fromEntries(entries.map(([name]) => [name, params[name] as ParameterValue]));
}

function keyOf(params: Parameters, names: readonly string[]): string {
  return JSON.stringify(names.map((name) => params[name]));
}

function sameParameters(a: Parameters, b: Parameters): boolean {
  const names = Object.keys(a);
  return (
    names.length > 0 && names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
  );
}
