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
 * the thread that runs JavaScript lie in one lane, within the layers that ran them, captured steps that ran on threads of their own in others.
 *
 * Invariant: of two events in a lane, one lies within the other or they do not overlap.
 *
 * @example writeFileSync("step.trace.json", JSON.stringify(chromeTrace((await profileOps(work)).events)));
 */
export function chromeTrace(events: readonly OpEvent[]): ChromeTrace {
  const inOrder = events.map(stretch).sort((a, b) => a.begin - b.begin || b.end - a.end);
  const main = lanes(inOrder.filter(({ event }) => !event.aside));
  const aside = lanes(inOrder.filter(({ event }) => event.aside));
  const named = [
    ...main.map((lane) => ({ lane, name: "JavaScript's thread" })),
    ...aside.map((lane) => ({ lane, name: "threads of captured steps" })),
  ];
  const traceEvents = named.flatMap(({ lane, name }, i) => [
    laneName(name, i + 1),
    ...lane.map((one) => traced(one, i + 1)),
  ]);
  return { traceEvents, displayTimeUnit: "ms" };
}

/** In whole nanoseconds, which compare without errors of rounding. */
interface Stretch {
  readonly event: OpEvent;
  readonly begin: number;
  readonly end: number;
}

interface Lane {
  readonly stretches: Stretch[];
  /** When those end that have not ended yet; the last ends first. */
  readonly open: number[];
}

function stretch(event: OpEvent): Stretch {
  const { begin, milliseconds } = event;
  return { event, begin: Math.round(begin * 1e6), end: Math.round((begin + milliseconds) * 1e6) };
}

/** Each goes into the first lane where it overlaps with none, or lies within all that it overlaps with. */
function lanes(inOrder: readonly Stretch[]): Stretch[][] {
  const all: Lane[] = [];
  for (const one of inOrder) {
    const found = all.find((lane) => one.end <= roomFor(one, lane));
    const lane = found ?? { stretches: [], open: [] };
    if (!found) all.push(lane);
    // What ended with the one around it may have been rounded a nanosecond beyond it.
    const end = Math.min(one.end, lane.open.at(-1) ?? one.end);
    lane.stretches.push({ ...one, end });
    lane.open.push(end);
  }
  return all.map(({ stretches }) => stretches);
}

/** Until when one that begins then may last in a lane. */
function roomFor({ begin }: Stretch, { open }: Lane): number {
  while (open.length > 0 && (open.at(-1) as number) <= begin) open.pop();
  return open.length === 0 ? Number.POSITIVE_INFINITY : (open.at(-1) as number) + 1;
}

function traced({ event, begin, end }: Stretch, tid: number): TraceEvent {
  const when = { ts: begin / 1e3, dur: (end - begin) / 1e3 };
  return { name: event.name, cat: event.kind, ph: "X", ...when, pid: 1, tid, args: argumentsOf(event) };
}

function argumentsOf({ inputs, outputs, layer, pass }: OpEvent): Record<string, string> {
  const written = (shapes: OpEvent["inputs"]) => shapes.map((shape) => `[${shape.join(",")}]`).join(" ");
  return {
    ...(inputs.length > 0 && { inputs: written(inputs) }),
    ...(outputs.length > 0 && { outputs: written(outputs) }),
    ...(layer !== undefined && { layer }),
    ...(pass !== undefined && { pass }),
  };
}

function laneName(name: string, tid: number): TraceEvent {
  return { name: "thread_name", cat: "__metadata", ph: "M", ts: 0, dur: 0, pid: 1, tid, args: { name } };
}
