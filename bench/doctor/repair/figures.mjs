import { median } from "../../shared/report.mjs";
import { repairRate } from "./repaired.mjs";

/** What a bench says of all repairs: rate of runs, mean gain in points, median cost in trainings. */
export function repairFigures(all) {
  const gains = all.map(({ gain }) => 100 * gain).filter(Number.isFinite);
  return {
    rate: repairRate(all),
    runs: new Set(all.map(({ id }) => id)).size,
    cured: all.filter(({ cured }) => cured).length / all.length,
    curedOfRepaired: share(
      all,
      ({ repaired }) => repaired,
      ({ cured }) => cured,
    ),
    /** Of those that `fix` calls cured. */
    repairedOfCured: share(
      all,
      ({ cured }) => cured,
      ({ repaired }) => repaired,
    ),
    gainPoints: gains.reduce((sum, gain) => sum + gain, 0) / gains.length,
    cost: median(all.map(({ cost }) => cost)),
  };
}

function share(all, among, holds) {
  const counted = all.filter(among);
  return counted.length === 0 ? null : counted.filter(holds).length / counted.length;
}
