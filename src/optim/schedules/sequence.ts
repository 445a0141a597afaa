import { elapsed, type Moment, type Schedule, type Span, since } from "./schedule.js";

/** A schedule and how long it holds; the last holds for ever. */
export interface Part {
  readonly schedule: Schedule;
  readonly until?: Span;
}

/** One schedule after another; each sees the time since it began, and only the one at work observes the training. */
export function sequence(name: string, parts: readonly Part[]): Schedule {
  const monitors = parts.flatMap(({ schedule }) => schedule.monitors ?? []);
  return {
    name,
    settings: {
      parts: parts.map(({ schedule, until }) => ({
        name: schedule.name,
        ...schedule.settings,
        ...(until && { until: { ...until } }),
      })),
    },
    factor: (at) => {
      const { schedule, moment } = atWork(parts, at);
      return schedule.factor(moment);
    },
    ...(parts.some(({ schedule }) => schedule.momentum) && {
      momentum: (at: Moment) => {
        const { schedule, moment } = atWork(parts, at);
        return schedule.momentum?.(moment);
      },
    }),
    ...(monitors.length > 0 && { monitors }),
    ...(parts.some(({ schedule }) => schedule.begin) && {
      begin: () =>
        sequence(
          name,
          parts.map((part) => ({ ...part, schedule: part.schedule.begin?.() ?? part.schedule })),
        ),
    }),
    ...(parts.some(({ schedule }) => schedule.state) && {
      state: () => parts.map(({ schedule }) => schedule.state?.() ?? null),
      restore: (states: unknown) => {
        parts.forEach(({ schedule }, i) => {
          schedule.restore?.((states as unknown[])[i]);
        });
      },
    }),
    ...(parts.some(({ schedule }) => schedule.observe) && {
      observe: (values: Readonly<Record<string, number>>, at: Moment) => {
        const { schedule, moment } = atWork(parts, at);
        schedule.observe?.(values, moment);
      },
    }),
  };
}

function atWork(parts: readonly Part[], at: Moment): { schedule: Schedule; moment: Moment } {
  let moment = at;
  for (const { schedule, until } of parts) {
    if (until === undefined || elapsed(moment, until) < until.length) return { schedule, moment };
    moment = since(moment, until);
  }
  throw new RangeError("a sequence of schedules needs a last one without an end");
}
