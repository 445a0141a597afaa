/** Shortens what a recursion leaves in a stack: thirty equal lines say no more than two. */

/** Functions that call each other in a ring, at most. */
const longestRing = 6;
/** A ring is told this often before the rest is counted. */
const told = 2;
/** Fewer lines than these are not worth a line that counts them. */
const fewest = 4;

/**
 * The frames with each ring of equal ones told twice and then counted, as in `… 27 more frames of recurse`.
 *
 * @param cut whether V8 recorded no more frames than these: nobody knows how many followed.
 */
export function foldFrames(frames: readonly string[], cut: boolean): string[] {
  const folded: string[] = [];
  for (let at = 0; at < frames.length; ) {
    const { ring, length } = longestRepetition(frames, at);
    const shown = ring * told;
    if (length - shown < fewest) {
      folded.push(frames[at++] as string);
      continue;
    }
    folded.push(...frames.slice(at, at + shown));
    const endless = cut && at + length === frames.length;
    const names = [...new Set(frames.slice(at, at + ring).map(nameOf))];
    folded.push(`    … ${endless ? "at least " : ""}${length - shown} more frames of ${names.join(", ")}`);
    at += length;
  }
  return folded;
}

interface Repetition {
  /** Lines of one round. */
  readonly ring: number;
  /** Lines of all rounds; the last may be cut. */
  readonly length: number;
}

function longestRepetition(frames: readonly string[], at: number): Repetition {
  let best: Repetition = { ring: 1, length: 1 };
  for (let ring = 1; ring <= longestRing; ring++) {
    let length = ring;
    while (at + length < frames.length && frames[at + length] === frames[at + length - ring]) length++;
    if (length - ring * told > best.length - best.ring * told) best = { ring, length };
  }
  return best;
}

/** The function of a frame; its place where it has no name. */
function nameOf(frame: string): string {
  const [, place = ""] = /^\s+at (?:async )?(.*)$/.exec(frame) ?? [];
  const [, name] = /^(?:new )?(.*?)(?: \[as [^\]]*\])? \(.*\)$/.exec(place) ?? [];
  return name ?? place;
}
