/** Loads an objective from a module of JavaScript or TypeScript. */
import type { Objective } from "../runObjective.js";
import { registerTypescript } from "./registerTypescript.js";

/**
 * The module's default export, or its export named `objective`.
 *
 * @param url of the module, such as `file:///home/me/objective.ts`.
 * @throws TypeError when it exports no function.
 */
export async function loadObjective(url: string): Promise<Objective> {
  registerTypescript();
  const module = (await import(url)) as { default?: unknown; objective?: unknown };
  const objective = module.default ?? module.objective;
  if (typeof objective !== "function")
    throw new TypeError(
      `${url} must export a function as default or as "objective"; it exports ${typeof objective}`,
    );
  return objective as Objective;
}
