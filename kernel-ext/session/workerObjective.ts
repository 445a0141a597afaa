/** The objective of a sweep in a notebook, as a worker calls it. */
import type { Trial } from "../../src/index.js";
import type { CellSession } from "./cellSession.js";
import type { WorkerSetup } from "./workerSetup.js";

/**
 * A function that runs one trial. Errors carry the person's positions (`cell-5.ts:3:10`).
 *
 * @throws TypeError when the cell's body is no function.
 */
export async function workerObjective(
  session: CellSession,
  objective: WorkerSetup["objective"],
): Promise<(trial: Trial) => Promise<unknown>> {
  const call = await functionOf(session, objective);
  return async (trial) => {
    try {
      return await call(trial);
    } catch (error) {
      if (error instanceof Error && error.stack !== undefined)
        error.stack = session.maps.asWritten(session.maps.mapText(error.stack));
      throw error;
    }
  };
}

async function functionOf(
  session: CellSession,
  objective: WorkerSetup["objective"],
): Promise<(trial: Trial) => unknown> {
  if ("call" in objective) {
    const { call } = objective;
    return (trial) =>
      (session.runner.evaluator.value(call) as (...args: unknown[]) => unknown)(trial.params, trial);
  }
  const { value } = await session.evaluate(objective.body);
  if (typeof value !== "function")
    throw new TypeError(
      `%%sweep requires a function of a trial below its line, but its value is ${typeof value}`,
    );
  return value as (trial: Trial) => unknown;
}
