/** Which flags of a heat map share one name tag, so that no name lies on another. */

import { flagName } from "../verdictFlags.js";
import type { PlacedVerdict } from "./verdictMarks.js";

/** A verdict in the line of its layer, at the step from which on it was seen. */
export interface Flag extends PlacedVerdict {
  readonly layer: number;
}

/** Flags of one layer, side by side with one text. */
export interface FlagGroup {
  readonly layer: number;
  /** From left to right, each at its pixel from the map's left edge. */
  readonly marks: readonly { readonly flag: Flag; readonly at: number }[];
  /** Undefined where a line so near has its names already that none would be readable. */
  readonly names: FlagNames | undefined;
}

export interface FlagNames {
  readonly text: string;
  readonly align: "left" | "right";
  /** Pixel at which the text begins or, aligned right, ends. */
  readonly at: number;
  /** Pixels; a longer text is cut off with an ellipsis. */
  readonly limit: number;
}

export interface MapSize {
  /** The steps at the map's edges. */
  readonly steps: readonly [first: number, last: number];
  readonly width: number;
  /** Of a layer's line. */
  readonly lineHeight: number;
}

/** Pixels: of a mark and the room beside it, of a character of a bold text of ten pixels, between lines that are apart. */
const markWidth = 14;
const characterWidth = 6.6;
const textHeight = 12;

type Marks = FlagGroup["marks"];

/**
 * Flags that would overlap, with their names, stand behind each other, each before its own name. Where the line has no
 * room for that they become one group: marks side by side, names behind each other.
 */
export function flagGroups(flags: readonly Flag[], size: MapSize): FlagGroup[] {
  const layers = [...new Set(flags.map(({ layer }) => layer))].sort((a, b) => a - b);
  const groups: FlagGroup[] = [];
  for (const layer of layers)
    for (const marks of apart(
      flags.filter((flag) => flag.layer === layer).map(alone(size)),
      size.width,
    ).flatMap((one) => inTurn(one, size.width))) {
      const names = namesOf(marks, size.width);
      const named = groups.filter(
        (one) => one.names && one.layer !== layer && (layer - one.layer) * size.lineHeight < textHeight,
      );
      const isFree = named.every(
        (one) => !meet(extentOf(one.marks, size.width), extentOf(marks, size.width)),
      );
      groups.push({ layer, marks, names: isFree ? names : undefined });
    }
  return groups;
}

/** A mark stays whole within the map. */
function alone({ steps: [first, last], width }: MapSize): (flag: Flag) => Marks {
  return (flag) => {
    const share = last > first ? (flag.x - first) / (last - first) : 0;
    return [{ flag, at: Math.max(markWidth / 2, Math.min(width - markWidth / 2, share * width)) }];
  };
}

function apart(given: readonly Marks[], width: number): readonly Marks[] {
  const groups = [...given].sort((a, b) => (a[0] as Marks[0]).at - (b[0] as Marks[0]).at);
  for (let i = 0; i < groups.length; i++)
    for (let k = i + 1; k < groups.length; k++)
      if (meet(extentOf(groups[i] as Marks, width), extentOf(groups[k] as Marks, width))) {
        const others = groups.filter((_, place) => place !== i && place !== k);
        return apart([...others, beside([...(groups[i] as Marks), ...(groups[k] as Marks)], width)], width);
      }
  return groups;
}

/** Each mark at its step or right behind the name before it; all in one where the last name would leave the map. */
function inTurn(marks: Marks, width: number): readonly Marks[] {
  let free = 0;
  const each = marks.map(({ flag, at }) => {
    const own = Math.max(at, free + markWidth / 2);
    free = own + markWidth / 2 + flagName(flag, false).length * characterWidth + 4;
    return [{ flag, at: own }];
  });
  return free <= width ? each : [marks];
}

/** A mark that would cover the one before stands to its right; all of them stay within the map. */
function beside(marks: Marks, width: number): Marks {
  const placed: { flag: Flag; at: number }[] = [];
  for (const { flag, at } of [...marks].sort((a, b) => a.at - b.at))
    placed.push({ flag, at: Math.max(at, (placed.at(-1)?.at ?? -Infinity) + markWidth) });
  const over = Math.max(0, (placed.at(-1)?.at ?? 0) + markWidth / 2 - width);
  return placed.map(({ flag, at }) => ({ flag, at: at - over }));
}

/** To the right of the marks where there is room, else where there is more. */
function namesOf(marks: Marks, width: number): FlagNames {
  const text = marks.map(({ flag }) => flagName(flag, false)).join(", ");
  const left = (marks[0]?.at ?? 0) - markWidth / 2;
  const right = (marks.at(-1)?.at ?? 0) + markWidth / 2;
  return text.length * characterWidth <= width - right || width - right >= left
    ? { text, align: "left", at: right + 2, limit: width - right - 2 }
    : { text, align: "right", at: left - 2, limit: left - 2 };
}

function extentOf(marks: Marks, width: number): [number, number] {
  const { text, align, at, limit } = namesOf(marks, width);
  const long = Math.min(limit, text.length * characterWidth);
  const [first, last] = [marks[0]?.at ?? 0, marks.at(-1)?.at ?? 0];
  return align === "left" ? [first - markWidth / 2, at + long] : [at - long, last + markWidth / 2];
}

function meet([a, b]: [number, number], [c, d]: [number, number]): boolean {
  return a < d && c < b;
}
