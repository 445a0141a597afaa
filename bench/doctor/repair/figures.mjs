import { median } from "../../shared/report.mjs";
import { meanOf } from "../meanOf.mjs";
import { orNull } from "../metrics/orNull.mjs";
import { share } from "../metrics/share.mjs";
import { repairRate } from "./repaired.mjs";

const isRepaired = ({ repaired }) => repaired;
const isCured = ({ cured }) => cured;

/** What a bench says of all repairs: rate of runs, mean gain in points, median cost in trainings. */
export function repairFigures(all) {
  const gains = all.map(({ gain }) => 100 * gain).filter(Number.isFinite);
  return {
    rate: repairRate(all),
    runs: new Set(all.map(({ id }) => id)).size,
    cured: share(all, isCured),
    curedOfRepaired: orNull(share(all.filter(isRepaired), isCured)),
    /** Of those that `fix` calls cured. */
    repairedOfCured: orNull(share(all.filter(isCured), isRepaired)),
    gainPoints: meanOf(gains),
    cost: median(all.map(({ cost }) => cost)),
  };
}
