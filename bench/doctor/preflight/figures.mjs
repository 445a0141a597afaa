import { median } from "../../shared/report.mjs";
import { orNull } from "../metrics/orNull.mjs";
import { problemOf } from "../problems.mjs";

/** Families of the benchmark's faults of which something can be seen before the first step. */
export const visible = ["VG", "EG", "DR", "SA", "BI", "UN", "LO", "CI", "DL", "FZ"];

/** What a finding is called: the benchmark's problem, else the doctor's, else the check. */
export function findingName({ check, problem }) {
  return problem === undefined ? check : (problemOf(problem) ?? problem);
}

/** How many of them have a finding, and how many one that must be named. */
export function found(all) {
  const names = all.map(({ definition, preflight }) => ({
    must: definition.must,
    names: preflight.findings.map(findingName),
  }));
  return {
    runs: all.length,
    any: names.filter((one) => one.names.length > 0).length,
    right: names.filter((one) => one.names.some((name) => one.must.includes(name))).length,
  };
}

/** The bench's figures of the preflight; a share is null where no run counts. */
export function preflightFigures(all) {
  const faulty = found(all.filter(({ definition }) => visible.includes(definition.family)));
  const fine = found(all.filter(({ definition }) => definition.must.length === 0));
  const seconds = all.map(({ preflight }) => preflight.seconds);
  return {
    found: orNull(faulty.any / faulty.runs),
    named: orNull(faulty.right / faulty.runs),
    falseAlarms: orNull(fine.any / fine.runs),
    seconds: median(seconds),
    mostSeconds: Math.max(...seconds),
  };
}
