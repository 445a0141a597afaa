/** The events of a profile in the lanes of a timeline. */
import type { OpEvent } from "./opEvents.js";

/** In whole nanoseconds after the profile began, which compare without errors of rounding. */
export interface Stretch {
  readonly event: OpEvent;
  readonly begin: number;
  readonly end: number;
}

/** Invariant: of two of its stretches, one lies within the other or they do not overlap; in the order of their begins. */
export interface EventLane {
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

interface OpenLane {
  readonly stretches: Stretch[];
  /** When those end that have not ended yet; the last ends first. */
  readonly open: number[];
}

/**
 * What ran on the thread of JavaScript lies in one lane, ops within the layers that ran them; captured steps that ran on
 * threads of their own in others.
 */
export function eventLanes(events: readonly OpEvent[]): EventLane[] {
  const inOrder = events.map(stretch).sort((a, b) => a.begin - b.begin || b.end - a.end);
  const main = lanes(inOrder.filter(({ event }) => !event.aside));
  const aside = lanes(inOrder.filter(({ event }) => event.aside));
  return [
    ...main.map((stretches) => ({ name: "JavaScript's thread", stretches })),
    ...aside.map((stretches) => ({ name: "threads of captured steps", stretches })),
  ];
}

function stretch(event: OpEvent): Stretch {
  const { begin, milliseconds } = event;
  return { event, begin: Math.round(begin * 1e6), end: Math.round((begin + milliseconds) * 1e6) };
}

/** Each goes into the first lane where it overlaps with none, or lies within all that it overlaps with. */
function lanes(inOrder: readonly Stretch[]): Stretch[][] {
  const all: OpenLane[] = [];
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
function roomFor({ begin }: Stretch, { open }: OpenLane): number {
  while (open.length > 0 && (open.at(-1) as number) <= begin) open.pop();
  return open.length === 0 ? Number.POSITIVE_INFINITY : (open.at(-1) as number) + 1;
}
