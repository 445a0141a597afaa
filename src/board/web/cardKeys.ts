/** By which a page knows cards again when others come or go before them: what a person chose on one stays with it. */

import { panelTitle, withoutStep } from "../panelTitle.js";
import type { Section } from "../section.js";

/** Of each card what it is of, whatever step it shows; each of its own. */
export function cardKeys({ cards, contents, steps }: Omit<Section, "title" | "columns">): string[] {
  return singleNames(
    cards.map(
      (spec, place) => steps?.[place]?.name ?? contents?.[place]?.title ?? withoutStep(panelTitle(spec)),
    ),
  );
}

/** Those that come again are numbered. */
export function singleNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.map((name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return JSON.stringify(count === 1 ? [name] : [name, count]);
  });
}
