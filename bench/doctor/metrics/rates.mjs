// Shares over runs, 0 to 1. NaN where no run counts.
import { share } from "./share.mjs";

const isFaulty = ({ must }) => must.length > 0;

/** Faulty runs with an alarm, whatever it says. */
export function detectionRecall(all) {
  return share(all.filter(isFaulty), ({ alarms }) => alarms.length > 0);
}

/** Faulty runs whose first verdict is one that must be named. */
export function diagnosisRate(all) {
  return share(all.filter(isFaulty), ({ must, alarms }) => must.includes(alarms[0]?.problem));
}

/** Healthy runs with an alarm. */
export function falseAlarmRate(all) {
  return share(
    all.filter((run) => !isFaulty(run)),
    ({ alarms }) => alarms.length > 0,
  );
}

/**
 * Of the runs whose fault has a place: those of which the right verdict names a layer at most one beside it, among layers with
 * weights. A run whose fault was not named is a miss.
 */
export function layerHitRate(all) {
  return share(
    all.filter(({ layers }) => layers !== undefined),
    ({ must, layers, order, alarms }) => {
      const named = alarms.find(({ problem }) => must.includes(problem))?.layer;
      const at = order.indexOf(named);
      return at >= 0 && layers.some((layer) => Math.abs(order.indexOf(layer) - at) <= 1);
    },
  );
}

/** Alarms of problems that the benchmark has not, which are no symptoms: on its runs they are neither right nor wrong. */
export function otherAlarms(all) {
  return all.flatMap(({ alarms }) =>
    alarms.filter(({ problem, follows }) => problem === undefined && !follows),
  );
}
