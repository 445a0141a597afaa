/** What changed between two texts, line by line. */

export interface DiffLine {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/**
 * A shortest edit script (Myers 1986, "An O(ND) difference algorithm and its variations"): as few lines removed and
 * added as can be. Removed lines come before added ones.
 *
 * Work grows with lines × changes: texts that differ in more than 1000 lines are told as wholly replaced.
 */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [from, to] = [before.split("\n"), after.split("\n")];
  const script: DiffLine[] = [];
  const trace = furthestReaching(from, to);
  if (!trace) return [...from.map(lineOf("removed")), ...to.map(lineOf("added"))];
  let [x, y] = [from.length, to.length];
  const same = (until: number) => {
    for (; x > until; y--) script.push({ kind: "same", text: from[--x] as string });
  };
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reached = trace[edits] as Map<number, number>;
    const diagonal = x - y;
    const down = cameDown(reached, diagonal, edits);
    const start = reached.get(down ? diagonal + 1 : diagonal - 1) ?? 0;
    same(down ? start : start + 1);
    if (down) script.push({ kind: "added", text: to[--y] as string });
    else script.push({ kind: "removed", text: from[--x] as string });
  }
  same(0);
  return script.reverse();
}

const mostEdits = 1000;

function lineOf(kind: DiffLine["kind"]): (text: string) => DiffLine {
  return (text) => ({ kind, text });
}

/** For each number of edits, how far along each diagonal one came with one edit fewer; undefined beyond the most. */
function furthestReaching(from: readonly string[], to: readonly string[]): Map<number, number>[] | undefined {
  const reached = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let edits = 0; edits <= mostEdits; edits++) {
    trace.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = cameDown(reached, diagonal, edits);
      let x = down ? (reached.get(diagonal + 1) ?? 0) : (reached.get(diagonal - 1) ?? 0) + 1;
      let y = x - diagonal;
      while (x < from.length && y < to.length && from[x] === to[y]) {
        x++;
        y++;
      }
      reached.set(diagonal, x);
      if (x >= from.length && y >= to.length) return trace;
    }
  }
  return undefined;
}

/** Whether the last edit on the way to a diagonal adds a line (goes down) rather than removes one. */
function cameDown(reached: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true;
  if (diagonal === edits) return false;
  return (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? -1);
}

/** The changed lines with up to `context` unchanged ones around; `…` where lines were left out. */
export function diffText(lines: readonly DiffLine[], context = 2): string[] {
  const near = (index: number) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== "same");
  const shown: string[] = [];
  let skipped = false;
  lines.forEach(({ kind, text }, index) => {
    if (!near(index)) {
      skipped = true;
      return;
    }
    if (skipped && shown.length > 0) shown.push("  …");
    skipped = false;
    shown.push(`${kind === "same" ? " " : kind === "removed" ? "-" : "+"} ${text}`);
  });
  return shown;
}
