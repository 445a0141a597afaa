/** What a run that began anew at an earlier step has written over: charts leave it out, files keep it. */

import { counted } from "../base/counted.js";
import type { RunData, ScalarSeries } from "../track/runData.js";
import { withoutOverwritten } from "../track/withoutOverwritten.js";

/** Tags that a sentence names. */
const mostNamed = 3;

/** A sentence, with how many points of which tags, and from which step on; undefined where nothing was written over. */
export function superseded(label: string, { scalars }: Pick<RunData, "scalars">): string | undefined {
  const tags: string[] = [];
  let points = 0;
  let from = Number.POSITIVE_INFINITY;
  for (const [tag, series] of scalars) {
    const lost = lostOf(series);
    if (lost.points === 0) continue;
    tags.push(tag);
    points += lost.points;
    from = Math.min(from, lost.from);
  }
  if (points === 0) return undefined;
  const more = tags.length > mostNamed ? ` and ${tags.length - mostNamed} more` : "";
  const first = from.toLocaleString("en-US");
  return `${label} began anew at step ${first}: ${counted(points, "earlier point")} of ${tags.slice(0, mostNamed).join(", ")}${more} from that step on ${points === 1 ? "is" : "are"} neither drawn nor counted by best; its files and exports have ${points === 1 ? "it" : "them"}.`;
}

interface Lost {
  readonly points: number;
  /** The least step at which the series began anew. */
  readonly from: number;
}

/** Of series that did not change since they were looked at last: a served page asks again and again. */
const known = new WeakMap<ScalarSeries, Lost>();

function lostOf(series: ScalarSeries): Lost {
  const before = known.get(series);
  if (before) return before;
  const { steps } = series;
  let from = Number.POSITIVE_INFINITY;
  for (let i = 1; i < steps.length; i++)
    if ((steps[i] as number) < (steps[i - 1] as number)) from = Math.min(from, steps[i] as number);
  const points =
    from === Number.POSITIVE_INFINITY ? 0 : steps.length - withoutOverwritten(series).steps.length;
  known.set(series, { points, from });
  return { points, from };
}
