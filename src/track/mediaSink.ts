/**
 * Where decoded texts, pictures and the like go.
 *
 * Invariants: points of a tag are in the order in which they were decoded; what is kept of each are places in files.
 */
import type { RunMedia, TextPoint } from "./runMedia.js";
import type { StoredBytes } from "./storedBytes.js";
import { textPlugin } from "./textEvent.js";

/** A value of an event, as far as it is no number. */
export interface MediaValue {
  readonly tag: string;
  /** Whose it is. Others than we say it only in the first event of a tag. */
  readonly plugin: string | undefined;
  readonly strings: readonly DecodedString[];
}

export interface DecodedString {
  /** Shares memory with what was read; not to be kept. */
  readonly bytes: Buffer;
  readonly stored: StoredBytes;
}

interface PointTime {
  readonly step: number;
  readonly wallTime: number;
}

export class MediaSink {
  readonly #plugins = new Map<string, string>();
  readonly #texts = new Map<string, TextPoint[]>();

  add(value: MediaValue, time: PointTime): void {
    if (value.plugin !== undefined) this.#plugins.set(value.tag, value.plugin);
    const { step, wallTime } = time;
    const stored = value.strings.map((string) => string.stored);
    if (stored.length > 0 && this.#plugins.get(value.tag) === textPlugin)
      push(this.#texts, value.tag, { step, wallTime, texts: stored });
  }

  /** As it is now; it does not change when more is added. */
  media(): RunMedia {
    return { texts: copied(this.#texts) };
  }
}

function push<Point>(into: Map<string, Point[]>, tag: string, point: Point): void {
  const points = into.get(tag);
  if (points) points.push(point);
  else into.set(tag, [point]);
}

function copied<Point>(points: ReadonlyMap<string, readonly Point[]>): Map<string, readonly Point[]> {
  return new Map([...points].map(([tag, list]) => [tag, [...list]]));
}
