/** Cards of what was recorded at several steps: one for each chart, with the same chart of the other steps behind it. */
import { spread } from "./downsample.js";
import type { Spec } from "./inlineData.js";
import type { CardSteps, PanelStyle, Section } from "./section.js";

export interface StepCard {
  /** Of the newest step that has the chart. */
  readonly card: Spec;
  /** Where there are several. */
  readonly steps?: CardSteps | undefined;
}

/** Steps that a slider has at most, and that are read of a tag for it. */
export const mostSteps = 16;
/** Characters of the specifications of all sliders of a panel: a page is sent all of them with each answer. */
const panelRoom = 6_000_000;

/** What each of so many sliders of a panel may weigh. */
export function sliderRoom(sliders: number): number {
  return panelRoom / Math.max(1, sliders);
}

/**
 * As many steps as have room, evenly spread, the newest and the first always among them.
 *
 * @param recorded the newest first
 * @param charts of one step, by names that are the same at each
 * @param room characters of the charts of all steps, by what those of the newest take
 */
export function steppedCards<Recorded extends { readonly step: number }>(
  recorded: readonly Recorded[],
  charts: (one: Recorded) => readonly (readonly [name: string, spec: Spec])[],
  room = panelRoom,
): StepCard[] {
  const all = withoutRestarted(recorded);
  const [newest] = all;
  if (!newest) return [];
  const first = charts(newest);
  const weight = JSON.stringify(first).length;
  const kept = spread(all, Math.max(2, Math.min(mostSteps, Math.floor(room / weight))));
  const byName = new Map<string, { readonly step: number; readonly spec: Spec }[]>();
  for (const one of kept)
    for (const [name, spec] of one === newest ? first : charts(one))
      byName.set(name, [{ step: one.step, spec }, ...(byName.get(name) ?? [])]);
  const left = kept.length < all.length ? { of: all.length } : {};
  return [...byName].map(([name, found]) => ({
    card: found.at(-1)?.spec as Spec,
    ...(found.length > 1 && {
      steps: { name, steps: found.map(({ step }) => step), specs: found.map(({ spec }) => spec), ...left },
    }),
  }));
}

/** Of a section: the cards, and what a page lets choose from. */
export function sectionCards(
  cards: readonly StepCard[],
  { stepSlider }: Pick<PanelStyle, "stepSlider">,
): Pick<Section, "cards" | "steps"> {
  return {
    cards: cards.map(({ card }) => card),
    ...(stepSlider ? { steps: cards.map(({ steps }) => steps) } : {}),
  };
}

/** Where the step fell back what came before from there on was written anew. */
function withoutRestarted<Recorded extends { readonly step: number }>(
  newestFirst: readonly Recorded[],
): Recorded[] {
  let least = Number.POSITIVE_INFINITY;
  return newestFirst.filter(({ step }) => {
    const isEarlier = step < least;
    least = Math.min(least, step);
    return isEarlier;
  });
}
