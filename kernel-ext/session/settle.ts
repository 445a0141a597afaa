/** Work that waits only where it must: generators whose `yield` is an `await` that costs no turn for what is no promise. */
import { types } from "node:util";
import { OwnPromise, whenSettled } from "./intrinsics.js";
import { nextStep, throwStep } from "./primordials.js";
import { property } from "./property.js";

/** `yield x` gives what `x` settles to, and throws what it fails with. */
export type Steps<R> = Generator<unknown, R, unknown>;

/** Runs `steps` to their end: at once while what they yield is no promise; from the first one on, as an async function. */
export function settle<R>(steps: Steps<R>): R | Promise<R> {
  let step = nextStep(steps, undefined) as IteratorResult<unknown, R>;
  while (!step.done) {
    if (isThenable(step.value)) return settleLater(steps, step.value);
    step = nextStep(steps, step.value) as IteratorResult<unknown, R>;
  }
  return step.value;
}

function settleLater<R>(steps: Steps<R>, first: unknown): Promise<R> {
  return new OwnPromise<R>((resolve, reject) => {
    const wait = (value: unknown) =>
      whenSettled(
        new OwnPromise((given) => given(value)),
        (result) => go(() => nextStep(steps, result)),
        (error: unknown) => go(() => throwStep(steps, error)),
      );
    const go = (on: () => IteratorResult<unknown, unknown>) => {
      try {
        const step = on() as IteratorResult<unknown, R>;
        if (step.done) resolve(step.value);
        else wait(step.value);
      } catch (error) {
        reject(error);
      }
    };
    wait(first);
  });
}

function isThenable(value: unknown): boolean {
  return types.isPromise(value) || typeof property(value, "then") === "function";
}
