/** Which charts a board shows where there is no room for all. */
import type { Section } from "./section.js";

export interface ShownCards {
  /** Sections with a chart at least, in their order, as their charts are. */
  readonly shown: readonly Section[];
  /** How many charts are not there. */
  readonly left: number;
  /** What the doctor says on those alone, a line a verdict. */
  readonly verdicts: readonly string[];
}

/** At most `count` charts: those with verdicts first, then the others, each in their order. */
export function shownCards(all: readonly Section[], count: number): ShownCards {
  const places = all.flatMap(({ cards }, section) => cards.map((_, card) => ({ section, card })));
  const linesOf = ({ section, card }: Place) => all[section]?.verdicts?.[card] ?? [];
  const ranked = [
    ...places.filter((place) => linesOf(place).length > 0),
    ...places.filter((place) => linesOf(place).length === 0),
  ];
  const kept = new Set(ranked.slice(0, count));
  const shown = all.flatMap((section, s) => {
    const own = places.filter((place) => place.section === s && kept.has(place)).map(({ card }) => card);
    return own.length === 0 ? [] : [only(section, own)];
  });
  const told = new Set([...kept].flatMap(linesOf));
  const verdicts = new Set(
    ranked
      .slice(count)
      .flatMap(linesOf)
      .filter((line) => !told.has(line)),
  );
  return { shown, left: Math.max(0, places.length - count), verdicts: [...verdicts] };
}

interface Place {
  readonly section: number;
  readonly card: number;
}

/** A section with these of its charts. */
function only(section: Section, places: readonly number[]): Section {
  const { cards, contents, steps, verdicts } = section;
  const take = <T>(list: readonly T[]): T[] => places.map((place) => list[place] as T);
  return {
    ...section,
    cards: take(cards),
    ...(contents && { contents: take(contents) }),
    ...(steps && { steps: take(steps) }),
    ...(verdicts && { verdicts: take(verdicts) }),
  };
}
