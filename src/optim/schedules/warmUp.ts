import { refuseUnknown } from "../../base/knownOptions.js";
import { inRange } from "../bounds.js";
import { constant } from "./constant.js";
import { elapsed, type Length, type Moment, type Schedule, type Span, span } from "./schedule.js";

/**
 * Rises linearly from `from` (default 0) to 1: from + (1 − from)·t / length, as `torch.optim.lr_scheduler.LinearLR`;
 * then `followedBy` (default constant), which sees the time since the end of the warm-up.
 *
 * @throws TypeError or RangeError for a length or factor out of its range.
 * @example schedules.warmUp({ steps: 500, followedBy: schedules.cosine({ steps: 9500 }) })
 */
export function warmUp(
  options: Length & { readonly from?: number; readonly followedBy?: Schedule },
): Schedule {
  refuseUnknown("schedules.warmUp", options, { epochs: true, steps: true, from: true, followedBy: true });
  const over = span("schedules.warmUp", options);
  const from = inRange("schedules.warmUp's from", options.from ?? 0, { least: 0 });
  const follower = options.followedBy ?? constant();
  return {
    name: `warm-up over ${over.text}, then ${follower.name}`,
    factor(at) {
      const time = elapsed(at, over);
      if (time < over.length) return from + ((1 - from) * time) / over.length;
      return follower.factor(since(at, over));
    },
  };
}

/** The same moment, counted from the end of a span. */
function since(at: Moment, { unit, length }: Span): Moment {
  if (unit === "step") return { ...at, step: at.step - length };
  return { ...at, epoch: at.epoch - length, step: at.step - length * at.stepsPerEpoch };
}
