/** The sounds of runs: a player on a page, lines of facts in a chart. */
import { visibleControls } from "../../base/visibleControls.js";
import type { BoardSounds } from "../boardMedia.js";
import type { CardContent } from "../cardContent.js";
import type { Spec } from "../inlineData.js";
import { chartTitle, type PanelStyle, type Section } from "../section.js";
import type { BoardRun } from "../series.js";
import { soundFacts } from "../soundFacts.js";
import { contentSections } from "./contentSections.js";
import { linesCard } from "./linesCard.js";

export function sounds(runs: readonly BoardRun[], style: PanelStyle): Section[] {
  return contentSections(runs, {
    name: "sounds",
    of: (media) => media.audio,
    card: (tag, found) => soundCard(tag, found, style),
    content: soundContent,
  });
}

/** As a page plays it. */
export function soundContent(tag: string, found: BoardSounds): CardContent {
  return {
    kind: "sounds",
    title: tag,
    note: noteOf(found),
    sounds: found.shown.flatMap(({ step, clips }) =>
      clips.map((clip) => ({ name: `step ${step}`, facts: soundFacts(clip), address: clip.address })),
    ),
  };
}

function soundCard(tag: string, found: BoardSounds, style: PanelStyle): Spec {
  const lines = found.shown.flatMap(({ step, clips }) =>
    clips.map((clip) => visibleControls(`step ${step}: ${soundFacts(clip)}`)),
  );
  return linesCard(chartTitle(tag, noteOf(found)), lines, style);
}

function noteOf({ shown, count, most }: BoardSounds): string | undefined {
  const ofAStep = Math.max(0, ...shown.map(({ clips }) => clips.length));
  const notes = [
    ...(count > shown.length ? [`the newest ${shown.length} of ${count} steps`] : []),
    ...(most > ofAStep ? [`the first ${ofAStep} of ${most} of a step`] : []),
  ];
  return notes.length > 0 ? notes.join("; ") : undefined;
}
