/** A profile as a timeline in the format that Chrome's about://tracing defined and Perfetto reads. */
import { eventLanes, type Stretch } from "./eventLanes.js";
import { eventFacts, type OpEvent } from "./opEvents.js";

/** A stretch of time (`X`), or what a lane is called (`M`). Times are in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: "X" | "M";
  readonly ts: number;
  readonly dur: number;
  readonly pid: number;
  /** The lane. */
  readonly tid: number;
  readonly args: Readonly<Record<string, string | number>>;
}

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
}

/**
 * The timeline of `profileOps`, to be written as JSON and opened at https://ui.perfetto.dev or chrome://tracing. Ops of
 * the thread that runs JavaScript lie in one lane, within the layers that ran them, captured steps that ran on threads
 * of their own in others.
 *
 * Invariant: of two events in a lane, one lies within the other or they do not overlap.
 *
 * @example writeFileSync("step.trace.json", JSON.stringify(chromeTrace((await profileOps(work)).events)));
 */
export function chromeTrace(events: readonly OpEvent[]): ChromeTrace {
  const traceEvents = eventLanes(events).flatMap(({ name, stretches }, i) => [
    laneName(name, i + 1),
    ...stretches.map((one) => traced(one, i + 1)),
  ]);
  return { traceEvents, displayTimeUnit: "ms" };
}

function traced({ event, begin, end }: Stretch, tid: number): TraceEvent {
  const when = { ts: begin / 1e3, dur: (end - begin) / 1e3 };
  return { name: event.name, cat: event.kind, ph: "X", ...when, pid: 1, tid, args: eventFacts(event) };
}

function laneName(name: string, tid: number): TraceEvent {
  return { name: "thread_name", cat: "__metadata", ph: "M", ts: 0, dur: 0, pid: 1, tid, args: { name } };
}
