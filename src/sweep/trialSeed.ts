/** Where the chance of one trial comes from: the sweep's seed and the trial's number, nothing else. */
import { random } from "../base/random.js";
import { type Distribution, draw, type ParameterValue } from "./distribution.js";

/** The seed a trial gets, an integer in [0, 2³¹). */
export function trialSeed(sweepSeed: number, number: number): number {
  return random(sweepSeed).split("trial").split(number).seed();
}

/**
 * The uniform draw of a parameter nobody proposed. Depends on the trial's seed and the name, not on the order in
 * which the objective asks. `attempt` counts draws that were thrown away as taken.
 */
export function drawParameter(
  { name, distribution }: { readonly name: string; readonly distribution: Distribution },
  seed: number,
  attempt = 0,
): ParameterValue {
  return draw(distribution, random(seed).split(name).split(attempt));
}
