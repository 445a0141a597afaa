import { refuseUnknown } from "../../base/knownOptions.js";
import { type Length, lengthNames, type Schedule, span } from "./schedule.js";
import { type Part, sequence } from "./sequence.js";

/** A schedule and for how long it holds. */
export type JoinedPart = Length & { readonly schedule: Schedule };

/**
 * One schedule after another, as `torch.optim.lr_scheduler.SequentialLR`: each sees the time since it began, the last
 * holds to the end.
 *
 * @throws TypeError for parts that are no schedules, or without a length but the last; RangeError for less than two.
 * @example schedules.joined([{ steps: 500, schedule: schedules.warmUp({ steps: 500 }) }], schedules.inverseSqrt({ steps: 500 }))
 */
export function joined(parts: readonly JoinedPart[], last: Schedule): Schedule {
  if (!Array.isArray(parts) || parts.length === 0)
    throw new TypeError(
      `schedules.joined needs a list of { schedule, epochs or steps } and then the last schedule; it was given ${JSON.stringify(parts)}`,
    );
  const checked = parts.map((part, i): Part & { until: { text: string } } => {
    const what = `schedules.joined's part ${i + 1}`;
    refuseUnknown(what, part, { schedule: true, ...lengthNames });
    return { schedule: scheduleGiven(what, part.schedule), until: span(what, part) };
  });
  const tail = scheduleGiven("schedules.joined's last part", last);
  const texts = checked.map(({ schedule, until }) => `${schedule.name} for ${until.text}`);
  return sequence([...texts, tail.name].join(", then "), [...checked, { schedule: tail }]);
}

/** @throws TypeError for anything that is no schedule. */
export function scheduleGiven(what: string, value: unknown): Schedule {
  if (typeof (value as Partial<Schedule> | undefined)?.factor === "function") return value as Schedule;
  const given =
    typeof value === "function"
      ? `the function ${value.name} itself: call it`
      : (JSON.stringify(value) ?? String(value));
  throw new TypeError(
    `${what} needs a schedule such as schedules.cosine({ epochs: 5 }); it was given ${given}`,
  );
}
