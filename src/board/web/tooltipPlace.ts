/** Where a chart's tooltip stands: off the chart where the window has room for that, and always within the window. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

export interface TooltipSurroundings {
  /** Of the window, in pixels, as all here. */
  readonly card: Box;
  readonly pointer: { readonly left: number; readonly top: number };
  /** As wide as its card at least; and as narrow as its text. */
  readonly wide: Size;
  readonly narrow: Size;
  /** Below the chart, from the card's top. */
  readonly below: number;
  readonly window: Size;
  /** What of the window's top the page's head covers. */
  readonly covered: number;
}

export interface TooltipPlace {
  /** From the card's corner. */
  readonly left: number;
  readonly top: number;
  readonly isNarrow: boolean;
}

/** Pixels to the window's edges, to the card, and to the pointer. */
const margin = 8;
const beside = 18;

/** Below the chart, else above the card, else beside the pointer. */
export function tooltipPlace(given: TooltipSurroundings): TooltipPlace {
  const { card, pointer, wide, narrow, window, covered } = given;
  const within = (at: number, size: number, [from, to]: readonly [number, number]) =>
    Math.max(from + margin, Math.min(at, to - margin - size));
  const across = (at: number, width: number) => within(at, width, [0, window.width]) - card.left;
  const below = card.top + given.below;
  if (below + wide.height + margin <= window.height && below >= covered)
    return { left: across(card.left, wide.width), top: given.below, isNarrow: false };
  const above = card.top - margin - wide.height;
  if (above >= covered + margin)
    return { left: across(card.left, wide.width), top: above - card.top, isNarrow: false };
  const isLeft = pointer.left < card.left + card.width / 2;
  const left = isLeft ? pointer.left + beside : pointer.left - beside - narrow.width;
  const top = within(pointer.top - narrow.height / 2, narrow.height, [covered, window.height]);
  return { left: across(left, narrow.width), top: top - card.top, isNarrow: true };
}
