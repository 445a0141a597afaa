import { cutRun, cuts } from "./cutRun.mjs";

/**
 * When a run would first have been told of while it trained: the least number of steps at which a diagnosis of what was recorded until then
 * has an alarm (`any`), and one that must be named is first (`right`); undefined where there is none.
 *
 * @param look gives the verdicts on a run, the top one first
 */
export function firstAlarm(run, { steps, must, look }) {
  const found = { any: undefined, right: undefined };
  for (const at of cuts(steps)) {
    const alarms = look(cutRun(run, at));
    if (alarms.length > 0) found.any ??= at;
    if (must.includes(alarms[0]?.problem)) found.right ??= at;
    if (found.any !== undefined && (found.right !== undefined || must.length === 0)) break;
  }
  return found;
}
