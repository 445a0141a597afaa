/** Sizes of a page's charts: those of a wide page, and smaller ones where they would be cut at its right edge. */
import type { PanelStyle } from "../section.js";

const wide = { card: { width: 262, height: 170 }, half: { width: 417, height: 226 }, row: 930 } as const;
/** What a card has beside its chart: its padding, the menu's place, and outside the chart's frame axis and title. */
const beside = { row: 40, chart: 108 } as const;
const gap = 14;
/** A narrower chart cannot be read: its card scrolls. */
const least = 240;

/** How much a page's charts show of a series and of a tag's histograms. */
export const pageDetail = { points: 1000, histogramSteps: 51 } as const;

/** @param width of the place where cards stand, in pixels */
export function pageSize(width: number): Pick<PanelStyle, "card" | "half" | "row"> {
  const within = (most: number, free: number) => Math.round(Math.max(least, Math.min(most, free)));
  const alone = width - beside.chart;
  const two = (width - gap) / 2 - beside.chart;
  return {
    card: { ...wide.card, width: within(wide.card.width, alone) },
    half: { ...wide.half, width: within(wide.half.width, two >= least ? two : alone) },
    row: within(wide.row, width - beside.row),
  };
}
