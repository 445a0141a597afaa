/**
 * The seam between a training and the work it belongs to, such as a sweep's trial: the work learns that one of its
 * trainings was interrupted, also when it caught the error, and whether or not the training was told of its trial.
 *
 * A training that was not told of its trial speaks to all works that overlap: an interrupt from outside ends them all.
 * Which of them it belongs to only async_hooks would know, and those end Node where a cell is terminated.
 */
interface Watched {
  readonly owner: object;
  interrupted: boolean;
}

/** One for all copies of the library in this process: a cell may train with another one than the sweep's. */
const key: unique symbol = Symbol.for("tunelab.watchedTrainings") as never;
const shared = globalThis as { [key]?: Set<Watched> };
shared[key] ??= new Set();
const watched = shared[key];

/** Runs the `work` of `owner`, which can ask whether a training of it was interrupted. Several may overlap. */
export async function watchTrainings<T>(
  owner: object,
  work: (interrupted: () => boolean) => Promise<T>,
): Promise<T> {
  const own: Watched = { owner, interrupted: false };
  watched.add(own);
  try {
    return await work(() => own.interrupted);
  } finally {
    watched.delete(own);
  }
}

/**
 * Said by a training that was interrupted from outside, not by a signal that its own caller had made.
 *
 * @param owner whose training it is, where it was told.
 */
export function noteInterruptedTraining(owner?: object): void {
  const own = [...watched].filter((work) => work.owner === owner);
  for (const work of own.length > 0 ? own : watched) work.interrupted = true;
}
