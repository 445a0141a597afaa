// What was found of a run beside what its definition asks for: all that the metrics look at.
import { problemOf } from "../problems.mjs";

/**
 * @param definition of the run
 * @param verdicts the top one first, each { problem, severity, layer?, follows? }
 * @param layers names of the run's layers that have weights, input side first
 * @returns { id, must, may, layers, order, alarms }: alarms are the verdicts above "info", each with the benchmark's name of its
 *   problem, or undefined for one that the benchmark has not
 */
export function judged({ id, family, must, may, layers }, verdicts, order = []) {
  const alarms = verdicts
    .filter(({ severity }) => severity !== "info")
    .map(({ problem, layer, follows }) => ({ name: problem, problem: problemOf(problem), layer, follows }));
  return { id, family, must, may, layers, order, alarms };
}
