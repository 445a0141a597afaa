/** Loads an objective from a module of JavaScript or TypeScript. */
import type { Objective } from "../runObjective.js";
import type { Trial } from "../trial.js";
import { takesParameters } from "./objectiveParameters.js";
import { registerTypescript } from "./registerTypescript.js";

/**
 * The module's default export, or its export named `objective`: a function of a trial or, where a space declares
 * parameters, of those and a trial.
 *
 * @param url of the module, such as `file:///home/me/objective.ts`.
 * @param declared names of the declared parameters.
 * @throws TypeError when it exports no function; RangeError when it does not take a declared parameter.
 */
export async function loadObjective(url: string, declared: readonly string[] = []): Promise<Objective> {
  registerTypescript();
  const module = (await import(url)) as { default?: unknown; objective?: unknown };
  const objective = module.default ?? module.objective;
  if (typeof objective !== "function")
    throw new TypeError(
      `${url} must export a function as default or as "objective"; it exports ${typeof objective}`,
    );
  if (declared.length === 0 || !takesParameters(String(objective), declared)) return objective as Objective;
  return (trial: Trial) => objective(trial.params, trial) as unknown;
}
