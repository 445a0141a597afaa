/** What runs hold beside numbers, read when a page's reader picks its kind. */
import type { BoardKind } from "../../base/boardKinds.js";
import type { RunData } from "../../track/runData.js";
import { type BoardMedia, mediaKinds } from "../boardMedia.js";
import { type BoardData, kindsOf } from "../content.js";
import { withMedia } from "../read.js";
import type { BoardRun } from "../series.js";
import type { PanelsQuestion } from "../source/pageSource.js";

/** Of a run that has not changed: what was read of it for the last choices. */
const made = new WeakMap<RunData, Map<string, BoardMedia | undefined>>();
const mostKept = 3;

/**
 * The runs that are asked for, with all that was picked; `data` itself where nothing else was picked than is read anyway.
 *
 * @param read the kinds that are
 * @param tell takes a sentence where a file cannot be read
 */
export function withChosenMedia(
  data: BoardData,
  { settings, runs: labels }: PanelsQuestion,
  { read, tell }: { readonly read: readonly BoardKind[]; readonly tell: (sentence: string) => void },
): BoardData {
  const chosen = kindsOf(settings).filter((kind) => mediaKinds.some((one) => one === kind));
  if (chosen.every((kind) => read.includes(kind))) return data;
  const asked = new Set(labels);
  return {
    ...data,
    runs: data.runs.map((run) => (asked.has(run.label) ? chosenOf(run, chosen, tell) : run)),
  };
}

function chosenOf(run: BoardRun, kinds: readonly BoardKind[], tell: (sentence: string) => void): BoardRun {
  const key = kinds.join();
  const known = made.get(run.data) ?? new Map<string, BoardMedia | undefined>();
  made.set(run.data, known);
  if (!known.has(key)) {
    let isWhole = true;
    const { media } = withMedia(run, { kinds }, (sentence) => {
      isWhole = false;
      tell(sentence);
    });
    if (!isWhole) return run;
    if (known.size >= mostKept) known.delete(known.keys().next().value as string);
    known.set(key, media);
  }
  const media = known.get(key);
  return media ? { ...run, media } : run;
}
