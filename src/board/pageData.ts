/**
 * What a page carries: runs and sweeps as JSON, arrays packed, thinned until all of it has room. Whatever up to twenty runs
 * hold, their page weighs at most 3 MB; of more runs each has a twentieth of that.
 */
import type { BoardData } from "./content.js";
import { leftOut } from "./leftOut.js";
import type { BoardSettings } from "./options.js";
import type { PageData } from "./packedPage.js";
import type { PackLimits } from "./packLimits.js";
import { pictureLimits } from "./packPictures.js";
import { packRuns } from "./packRuns.js";
import { packSweeps } from "./packSweeps.js";
import { type BudgetShares, leastShare, type PageBudget, type PartKind, pageBudget } from "./pageBudget.js";
import { pageBytes } from "./pageBytes.js";
import { PageRoom } from "./pageRoom.js";
import type { BoardRun } from "./series.js";
import { superseded } from "./superseded.js";

/** Of the room what numbers may take, and what all else may, where both want more. */
const fair = 0.5;

/** With as much as fits: kinds that a board has not leave their room to the others. @param bytes of all of it in its file */
export function pageData(data: BoardData, settings: BoardSettings, bytes: number): PageData {
  const runs = settings.kinds?.includes("system") ? data.runs : data.runs.map(withoutSystem);
  for (let shares = { numbers: 1, media: 1 }, bytesOfNumbers = bytes; ; ) {
    const packed = packBoard({ ...data, runs }, settings, { ...shares, bytes, bytesOfNumbers });
    const size = pageBytes(packed);
    const media = pageBytes(packed.runs.map((run) => run.media ?? null));
    const numbers = size - media;
    const room = fair * bytes;
    // Of two that want more than half neither gets more; else the one that does gets what the other leaves.
    const mediaRoom = numbers > room ? room : bytes - numbers;
    bytesOfNumbers = media > room ? room : bytes - media;
    const less = {
      numbers: lessened(shares.numbers, bytesOfNumbers, numbers),
      media: lessened(shares.media, mediaRoom, media),
    };
    const isLeast = less.numbers === shares.numbers && less.media === shares.media;
    if (size <= bytes || isLeast) return { ...packed, thinned: leftOut({ ...data, runs }, packed) };
    shares = less;
  }
}

/** The next share of what has too little room: smaller by a tenth or more, until it is the least. */
function lessened(share: number, room: number, size: number): number {
  return size <= room || share < leastShare ? share : share * shrunk(room, size);
}

function shrunk(room: number, size: number): number {
  return Math.max(0.3, Math.min(0.9, (0.95 * room) / size));
}

function packBoard(
  { runs, sweeps, notDrawn, missing }: BoardData,
  settings: BoardSettings,
  shares: BudgetShares,
): PageData {
  const budget = pageBudget(runs, shares);
  const pictures = pictureLimits(
    runs.map(({ media }) => media),
    budget.bytes.pictures,
  );
  const rooms = roomsOf(budget);
  const packed = packRuns(runs, { budget, pictures, rooms });
  // Packed series have none of the points that say so.
  const anew = runs.flatMap(({ label, data }) => superseded(label, data) ?? []);
  const left = [...(missing ?? []), ...anew, ...Object.values(rooms).flatMap((room) => room.remarks())];
  return {
    settings,
    runs: packed,
    sweeps: packSweeps(sweeps, shares.numbers),
    ...(notDrawn ? { notDrawn } : {}),
    ...(left.length > 0 ? { missing: left } : {}),
    thinned: [],
  };
}

function withoutSystem({ data: { system: _, ...data }, ...run }: BoardRun): BoardRun {
  return { ...run, data };
}

/** What a part of each kind is called. */
const partNames: Readonly<Record<PartKind, readonly [string, string]>> = {
  series: ["series", "series"],
  histograms: ["tag of histograms", "tags of histograms"],
  configs: ["configuration", "configurations"],
  models: ["model's layers", "models' layers"],
  evaluations: ["evaluation", "evaluations"],
  figures: ["figure", "figures"],
  pictures: ["tag of pictures", "tags of pictures"],
  tables: ["table", "tables"],
  sounds: ["sound", "sounds"],
  soundNames: ["tag of sounds", "tags of sounds"],
  texts: ["text", "texts"],
  graphs: ["model graph", "model graphs"],
};

function roomsOf({ bytes }: PageBudget): PackLimits["rooms"] {
  const kinds = Object.keys(partNames) as PartKind[];
  const rooms = kinds.map((kind) => [kind, new PageRoom(partNames[kind], bytes[kind])]);
  return Object.fromEntries(rooms) as PackLimits["rooms"];
}
