/** A profile as a timeline in the format that Chrome's about://tracing defined and Perfetto reads. */
import type { OpEvent } from "./opEvents.js";

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
  readonly args: Readonly<Record<string, string>>;
}

export interface ChromeTrace {
  readonly traceEvents: readonly TraceEvent[];
  readonly displayTimeUnit: "ms";
}

/**
 * The timeline of `profileOps`, to be written as JSON and opened at https://ui.perfetto.dev or chrome://tracing. Ops of
 * the thread that runs JavaScript lie in one lane, captured steps that ran on threads of their own in others.
 *
 * Invariant: of two events in a lane, one lies within the other or they do not overlap.
 *
 * @example writeFileSync("step.trace.json", JSON.stringify(chromeTrace((await profileOps(work)).events)));
 */
export function chromeTrace(events: readonly OpEvent[]): ChromeTrace {
  const inOrder = events.toSorted((a, b) => a.begin - b.begin || b.milliseconds - a.milliseconds);
  const main = lanes(inOrder.filter(({ aside }) => !aside));
  const aside = lanes(inOrder.filter((event) => event.aside));
  const named = [
    ...main.map((lane) => ({ lane, name: "JavaScript's thread" })),
    ...aside.map((lane) => ({ lane, name: "threads of captured steps" })),
  ];
  const traceEvents = named.flatMap(({ lane, name }, i) => [
    laneName(name, i + 1),
    ...lane.map((event) => traced(event, i + 1)),
  ]);
  return { traceEvents, displayTimeUnit: "ms" };
}

interface Lane {
  readonly events: OpEvent[];
  /** When those end that have not ended yet; the last ends first. */
  readonly open: number[];
}

/** Each event goes into the first lane where it overlaps with none, or lies within all that it overlaps with. */
function lanes(inOrder: readonly OpEvent[]): OpEvent[][] {
  const all: Lane[] = [];
  for (const event of inOrder) {
    const end = event.begin + event.milliseconds;
    const fits = ({ open }: Lane) => {
      while (open.length > 0 && (open.at(-1) as number) <= event.begin) open.pop();
      return open.length === 0 || end <= (open.at(-1) as number);
    };
    const found = all.find(fits);
    const lane = found ?? { events: [], open: [] };
    if (!found) all.push(lane);
    lane.events.push(event);
    lane.open.push(end);
  }
  return all.map(({ events }) => events);
}

function traced(event: OpEvent, tid: number): TraceEvent {
  const ts = microseconds(event.begin);
  const dur = Number((microseconds(event.begin + event.milliseconds) - ts).toFixed(3));
  return { name: event.name, cat: "op", ph: "X", ts, dur, pid: 1, tid, args: shapesOf(event) };
}

function shapesOf({ inputs, outputs }: OpEvent): Record<string, string> {
  const written = (shapes: OpEvent["inputs"]) => shapes.map((shape) => `[${shape.join(",")}]`).join(" ");
  return {
    ...(inputs.length > 0 && { inputs: written(inputs) }),
    ...(outputs.length > 0 && { outputs: written(outputs) }),
  };
}

function laneName(name: string, tid: number): TraceEvent {
  return { name: "thread_name", cat: "__metadata", ph: "M", ts: 0, dur: 0, pid: 1, tid, args: { name } };
}

/** In whole nanoseconds, so that what lies within another still does. */
function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1e3;
}
