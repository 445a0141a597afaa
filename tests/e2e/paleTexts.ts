/** Texts of a page that are hard to read: their contrast, as WCAG 2.2 defines it, is below what it asks of text (AA). */
import type { Locator } from "playwright-core";

export interface PaleText {
  readonly text: string;
  readonly contrast: number;
}

export interface ReadTexts {
  readonly count: number;
  readonly least: number;
  /** Each text once. */
  readonly pale: readonly PaleText[];
}

/** Looks at every text inside the elements as the browser shows it: colours computed, opacities applied. */
export function readTexts(places: Locator, least = 4.5): Promise<ReadTexts> {
  return places.evaluateAll(contrasts, least);
}

/** Runs in the page, so it stands alone. */
function contrasts(places: Element[], least: number): ReadTexts {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  /** As computed styles write colours: `rgb(…)` of 0 to 255, `color(srgb …)` of 0 to 1. */
  const parse = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    return text.startsWith("color(srgb")
      ? [red, green, blue, alpha]
      : [red / 255, green / 255, blue / 255, alpha];
  };
  const over = ([r, g, b, a]: Colour, [r2, g2, b2]: Colour): Colour => {
    const blend = (top: number, below: number) => a * top + (1 - a) * below;
    return [blend(r, r2), blend(g, g2), blend(b, b2), 1];
  };
  const luminance = ([r, g, b]: Colour) => {
    const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  };
  const ancestors = (element: Element): Element[] =>
    element.parentElement ? [element, ...ancestors(element.parentElement)] : [element];
  const ground = (element: Element) =>
    ancestors(element)
      .reverse()
      .map((one) => parse(getComputedStyle(one).backgroundColor))
      .reduce((below, colour) => over(colour, below), [1, 1, 1, 1] as Colour);
  const contrastOf = (element: Element) => {
    const style = getComputedStyle(element);
    const [r, g, b, a] = parse(element instanceof SVGElement ? style.fill : style.color);
    const share = ancestors(element).reduce((all, one) => all * Number(getComputedStyle(one).opacity), a);
    const below = ground(element);
    const [one, other] = [luminance(over([r, g, b, share], below)), luminance(below)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  /** Not seen, or the rim of a text that stands over it. */
  const isText = (element: Element) => {
    const { fill, stroke, visibility } = getComputedStyle(element);
    const shown = element.getClientRects().length > 0 && visibility !== "hidden";
    return shown && !(element instanceof SVGElement && fill === stroke);
  };
  const all = places.flatMap((place) => {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const found: PaleText[] = [];
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      const text = textContent?.trim();
      if (text && parentElement && isText(parentElement))
        found.push({ text, contrast: contrastOf(parentElement) });
    }
    return found;
  });
  const pale = all.filter(({ contrast }) => contrast < least);
  return {
    count: all.length,
    least: Math.min(...all.map(({ contrast }) => contrast)),
    pale: pale.filter(({ text }, i) => pale.findIndex((one) => one.text === text) === i),
  };
}
