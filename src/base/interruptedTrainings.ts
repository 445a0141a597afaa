/**
 * The seam between a training and the work it belongs to, such as a sweep's trial: the work learns that one of its
 * trainings was interrupted, also when it caught the error, and whether or not the training was told of its trial.
 */
import { AsyncLocalStorage } from "node:async_hooks";

interface Watched {
  interrupted: boolean;
}

/** One for all copies of the library in this process: a cell may train with another one than the sweep's. */
const key: unique symbol = Symbol.for("tunelab.watchedTrainings") as never;
const shared = globalThis as { [key]?: AsyncLocalStorage<Watched> };
shared[key] ??= new AsyncLocalStorage<Watched>();
const watched = shared[key];

/** Runs `work`, which can ask whether one of its trainings was interrupted. Several may overlap. */
export function watchTrainings<T>(work: (interrupted: () => boolean) => T): T {
  const store: Watched = { interrupted: false };
  return watched.run(store, () => work(() => store.interrupted));
}

/** Said by a training that was interrupted from outside, not by a signal that its own caller had made. */
export function noteInterruptedTraining(): void {
  const store = watched.getStore();
  if (store) store.interrupted = true;
}
