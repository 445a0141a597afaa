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

/** What a specification is written in. */
export type Grammar = "vega-lite" | "vega";

/**
 * Loads nothing: what a drawing shows is in its specification.
 *
 * @throws an Error with what Vega says of a specification it cannot draw, or that asks for data elsewhere.
 */
export async function renderSvg(spec: Spec, grammar: Grammar = "vega-lite"): Promise<string> {
  const config = { ...(spec.config as Spec), font: fontFamily };
  const troubles: string[] = [];
  const logger = listening((...message) => troubles.push(message.map(reason).join(" ")));
  const written = grammar === "vega" ? { ...spec, config } : compiled({ ...spec, config }, logger);
  requireNone(troubles);
  const view = new vega.View(vega.parse(written as vega.Spec), {
    renderer: "none",
    logger,
    loader: noLoader((address) => troubles.push(`what is at ${address} is not loaded for a picture`)),
  });
  try {
    const svg = await view.toSVG();
    requireNone(troubles);
    return withFonts(described(compact(svg), String(spec.description ?? "board")));
  } finally {
    view.finalize();
  }
}

function compiled(spec: Spec, logger: vega.LoggerInterface): Spec {
  return compile(spec as unknown as TopLevelSpec, { logger: logger as never }).spec as unknown as Spec;
}

/** The first says why; others follow from it. */
function requireNone(troubles: readonly string[]): void {
  if (troubles.length > 0) throw new Error(`draw board: ${troubles[0]}`);
}

function reason(part: unknown): string {
  return part instanceof Error ? part.message : String(part);
}

function listening(error: (...message: readonly unknown[]) => void): vega.LoggerInterface {
  const quiet = () => logger;
  const logger = {
    level: () => logger,
    error: (...message: readonly unknown[]) => {
      error(...message);
      return logger;
    },
    warn: quiet,
    info: quiet,
    debug: quiet,
  } as unknown as vega.LoggerInterface;
  return logger;
}

function noLoader(asked: (address: string) => void): vega.Loader {
  const refuse = (address: string) => {
    asked(address);
    return Promise.reject(new Error("nothing is loaded"));
  };
  // A picture within the specification is no address elsewhere.
  const sanitize = async (address: string) =>
    /^data:image\/(?:png|jpeg|gif);base64,[\w+/=]*$/.test(address) ? { href: address } : refuse(address);
  return Object.assign(vega.loader(), { load: refuse, sanitize, http: refuse, file: refuse });
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
