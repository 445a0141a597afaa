import type { BoardMedia } from "../boardMedia.js";
import type { CardContent } from "../cardContent.js";
import type { Spec } from "../inlineData.js";
import type { Section } from "../section.js";
import type { BoardRun } from "../series.js";

/** One kind of what runs hold beside numbers. */
export interface ContentKind<Found> {
  /** In the sections' titles, such as `texts`. */
  readonly name: string;
  /** By tag. */
  readonly of: (media: BoardMedia) => ReadonlyMap<string, Found> | undefined;
  readonly card: (tag: string, found: Found) => Spec;
  /** What a page shows in the card's place. */
  readonly content: (tag: string, found: Found) => CardContent;
}

/** A section for each run that has some, in it a card for each tag. */
export function contentSections<Found>(
  runs: readonly BoardRun[],
  { name, of, card, content }: ContentKind<Found>,
): Section[] {
  return runs.flatMap(({ label, media }) => {
    const all = [...((media && of(media)) ?? [])];
    if (all.length === 0) return [];
    return [
      {
        title: `${name} of ${label}`,
        columns: 1,
        cards: all.map(([tag, found]) => card(tag, found)),
        contents: all.map(([tag, found]) => content(tag, found)),
      },
    ];
  });
}
