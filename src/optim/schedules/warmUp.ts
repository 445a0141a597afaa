import { refuseUnknown } from "../../base/knownOptions.js";
import { constant } from "./constant.js";
import { scheduleGiven } from "./joined.js";
import { elapsed, factorOf, type Length, lengthNames, type Schedule, span } from "./schedule.js";
import { sequence } from "./sequence.js";

/**
 * Rises linearly from `from` (default 0) to 1: from + (1 − from)·t / length, as `torch.optim.lr_scheduler.LinearLR`
 * (Goyal et al. 2017, section 2.2); then `followedBy` (default constant), which sees the time since the end of the
 * warm-up.
 *
 * @throws TypeError or RangeError for a length or factor out of its range.
 * @example schedules.warmUp({ steps: 500, followedBy: schedules.cosine({ steps: 9500 }) })
 */
export function warmUp(
  options: Length & { readonly from?: number; readonly followedBy?: Schedule },
): Schedule {
  refuseUnknown("schedules.warmUp", options, { ...lengthNames, from: true, followedBy: true });
  const over = span("schedules.warmUp", options);
  const from = factorOf("schedules.warmUp's from", options.from, 0);
  const follower = scheduleGiven("schedules.warmUp's followedBy", options.followedBy ?? constant());
  const rise: Schedule = {
    name: "warm-up",
    settings: { from },
    factor: (at) => from + ((1 - from) * elapsed(at, over)) / over.length,
  };
  return sequence(`warm-up over ${over.text}, then ${follower.name}`, [
    { schedule: rise, until: over },
    { schedule: follower },
  ]);
}
