/** Turns a specification into an SVG that looks the same everywhere: texts are measured with the font it carries. */
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Spec } from "../inlineData.js";
import { fontSubset } from "./fontSubset.js";
import { type FontWeight, font, fontFamily, weightOf } from "./fonts.js";

interface TextItem {
  readonly fontSize?: number;
  readonly fontWeight?: unknown;
}

/** Vega's own measure guesses 0.8 of the font's size a letter when there is no canvas. */
const metrics = (vega as unknown as { textMetrics: { width: (item: TextItem, text: unknown) => number } })
  .textMetrics;
metrics.width = (item, text) =>
  text === null || text === undefined
    ? 0
    : font(weightOf(item.fontWeight)).width(String(text), item.fontSize ?? 11);

/** @throws what Vega says of a specification it cannot draw. */
export async function renderSvg(spec: Spec): Promise<string> {
  const config = { ...(spec.config as Spec), font: fontFamily };
  const quiet = {
    level: () => quiet,
    error: raise,
    warn: () => quiet,
    info: () => quiet,
    debug: () => quiet,
  } as const;
  const compiled = compile({ ...spec, config } as unknown as TopLevelSpec, { logger: quiet as never });
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none", logLevel: vega.Error });
  try {
    return withFonts(described(compact(await view.toSVG()), String(spec.description ?? "board")));
  } finally {
    view.finalize();
  }
}

function raise(...message: readonly unknown[]): never {
  throw new Error(`draw board: ${message.join(" ")}`);
}

/** Attributes that say nothing in a still picture: classes of Vega's own style sheet, defaults, roles of single marks. */
const idle =
  / (?:class|pointer-events|aria-hidden|aria-roledescription|role|font-family)="[^"]*"| opacity="1"/g;

/**
 * Coordinates to a tenth of a pixel, the font's name once, no idle attributes: a third of the bytes. Ids are counted
 * within the drawing, so that the same chart is the same text.
 */
function compact(svg: string): string {
  const ids = new Map<string, string>();
  return svg
    .replace(/<(?!svg)[^>]*>/g, (tag) => tag.replace(idle, ""))
    .replace(/<svg/, `$& font-family="${fontFamily}"`)
    .replace(
      / (d|transform)="([^"]*)"/g,
      (_, name, text: string) => ` ${name}="${text.replace(/-?\d*\.\d{2,}/g, tenth)}"`,
    )
    .replace(/\b(clip|gradient_)(\d+)\b/g, (id, kind: string) => {
      const known = ids.get(id) ?? `tunelab_${kind}${ids.size}`;
      ids.set(id, known);
      return known;
    });
}

function tenth(number: string): string {
  return String(Math.round(Number(number) * 10) / 10);
}

/** A picture with a text alternative. */
function described(svg: string, description: string): string {
  const text = description.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  return svg.replace(/<svg/, `$& role="img" aria-label="${text}"`);
}

/** Puts the letters that are used into the drawing. */
function withFonts(svg: string): string {
  const used: Record<FontWeight, string> = { normal: "", bold: "" };
  for (const [, attributes, content] of svg.matchAll(/<text([^>]*)>(.*?)<\/text>/gs)) {
    const weight = weightOf(/font-weight="([^"]*)"/.exec(attributes as string)?.[1]);
    used[weight] += unescaped((content as string).replace(/<[^>]*>/g, ""));
  }
  const faces = (Object.keys(used) as FontWeight[])
    .filter((weight) => used[weight] !== "")
    .map((weight) => {
      const data = Buffer.from(fontSubset(font(weight), used[weight])).toString("base64");
      return `@font-face{font-family:tunelab;font-weight:${weight};src:url(data:font/woff;base64,${data})}`;
    });
  return svg.replace(/<svg[^>]*>/, (open) => `${open}<style>${faces.join("")}</style>`);
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
