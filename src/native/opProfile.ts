/** What TensorFlow's ops cost while somebody looks. */

/** Of one op, or of a captured step, which runs as one. */
export interface OpCost {
  /** TensorFlow's name, such as `MatMul`; `captured step` for a step that runs as one function. */
  readonly name: string;
  readonly calls: number;
  /** Wall time in TensorFlow, all calls together. */
  readonly milliseconds: number;
}

export interface ProfileOptions {
  /** Run training steps op by op, so that each op of theirs is seen. Slower than the captured step. Default false. */
  readonly eager?: boolean;
}

interface Profile {
  readonly eager: boolean;
  readonly costs: Map<string, { calls: number; milliseconds: number }>;
}

const open = new Set<Profile>();

/** Whether somebody looks: measuring costs two readings of the clock. */
export function isProfiled(): boolean {
  return open.size > 0;
}

/** Whether training steps are to run op by op. */
export function wantsEagerSteps(): boolean {
  return [...open].some(({ eager }) => eager);
}

/** Adds one call to every profile that is open. `begin` is what `performance.now()` gave before it. */
export function noteOp(name: string, begin: number): void {
  const took = performance.now() - begin;
  for (const { costs } of open) {
    const cost = costs.get(name) ?? { calls: 0, milliseconds: 0 };
    costs.set(name, { calls: cost.calls + 1, milliseconds: cost.milliseconds + took });
  }
}

/**
 * Runs `work` and tells what TensorFlow's ops cost meanwhile, the dearest first. On a GPU an op's time is that of
 * handing it over: what it computes is waited for where its values are read.
 *
 * @example const { value, ops } = await profileOps(() => fit(model, mnist, { epochs: 1 }), { eager: true });
 */
export async function profileOps<T>(
  work: () => T | Promise<T>,
  { eager = false }: ProfileOptions = {},
): Promise<{ readonly value: T; readonly ops: readonly OpCost[] }> {
  const profile: Profile = { eager, costs: new Map() };
  open.add(profile);
  try {
    const value = await work();
    const ops = [...profile.costs].map(([name, cost]) => ({ name, ...cost }));
    return { value, ops: ops.sort((a, b) => b.milliseconds - a.milliseconds) };
  } finally {
    open.delete(profile);
  }
}
