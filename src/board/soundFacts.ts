/** What a sound is, in a line: how long, how many samples a second. */
import { shortNumber } from "../base/table.js";
import type { BoardClip } from "./boardMedia.js";

/** `1.25 s, 16,000 Hz, 2 channels`; why it cannot be played where it is not carried. */
export function soundFacts({ facts, bytes, address }: BoardClip): string {
  const size = `${shortNumber(bytes / 1e6, 3)} MB`;
  if (!facts) return `no WAV file, ${size}: it cannot be played here`;
  const { sampleRate, channels, frames } = facts;
  return [
    `${shortNumber(frames / sampleRate, 3)} s`,
    `${sampleRate.toLocaleString("en-US")} Hz`,
    ...(channels > 1 ? [`${channels} channels`] : []),
    ...(address === undefined
      ? [`${size}: too long to be played here; TensorBoard's page Audio plays it`]
      : []),
  ].join(", ");
}
