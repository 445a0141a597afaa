import { byLibrary } from "./libraryOptimizers.js";
import type { Follower, Optimizer } from "./optimizer.js";

/** What is put around another optimiser. */
interface Wrapping extends Partial<Pick<Optimizer, "ascend" | "evaluates">> {
  readonly name: string;
  /** Default: the name. */
  readonly structure?: string;
  readonly settings: Optimizer["settings"];
  /** Comes after the inner one's. */
  readonly follower?: Follower;
  /** Of a step, beside the inner one's. */
  readonly scalars: (step: number) => Readonly<Record<string, number>>;
}

/** One of the library's around another: its name, settings and structure hold the other's. */
export function wrapped(
  inner: Optimizer,
  { name, structure = name, settings, follower, scalars, ...own }: Wrapping,
): Optimizer {
  return byLibrary(
    {
      ...inner,
      ...own,
      name: `${name}(${inner.name})`,
      settings: { ...settings, inner: inner.settings },
      structure: `${structure}(${inner.structure})`,
      ...(follower && { followers: [...(inner.followers ?? []), follower] }),
      scalars: (step, rate, momentum) => ({ ...inner.scalars(step, rate, momentum), ...scalars(step) }),
    },
    inner,
  );
}
