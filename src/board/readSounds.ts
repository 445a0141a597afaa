/** A run's sounds as a board plays them. */
import type { AudioPoint } from "../track/runMedia.js";
import type { StoredBytes } from "../track/storedBytes.js";
import type { BoardClip, BoardSounds } from "./boardMedia.js";

/** Of a tag the newest steps, of a step the first sounds; a longer file is named, not carried. */
const most = { steps: 3, ofAStep: 4, bytes: 600_000 } as const;

/** What was read once is kept while the run is. */
const made = new WeakMap<StoredBytes, string>();

/** @throws Error where a file was cut since the run was read. */
export function soundsOf(points: readonly AudioPoint[]): BoardSounds {
  return {
    shown: points
      .slice(-most.steps)
      .reverse()
      .map(({ step, clips }) => ({ step, clips: clips.slice(0, most.ofAStep).map(clipOf) })),
    count: points.length,
    most: points.reduce((largest, { clips }) => Math.max(largest, clips.length), 0),
  };
}

function clipOf({ file, facts }: AudioPoint["clips"][number]): BoardClip {
  const isCarried = facts !== undefined && file.length <= most.bytes;
  return { facts, bytes: file.length, address: isCarried ? addressOf(file) : undefined };
}

function addressOf(file: StoredBytes): string {
  const address = made.get(file) ?? `data:audio/wav;base64,${Buffer.from(file.bytes()).toString("base64")}`;
  made.set(file, address);
  return address;
}
