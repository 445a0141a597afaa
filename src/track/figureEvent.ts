/**
 * A chart of Vega-Lite: its specification in a series for a plugin of ours, which TensorBoard passes over. The picture of it
 * is an event of the plugin `images` under the plain tag: of two events of one tag and step TensorBoard shows the first.
 */
import { dataClass } from "./eventFields.js";
import type { FigureSpec } from "./runMedia.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";

export const figurePlugin = "tunelab_figures";

/** Before the tags of specifications. */
const figureFolder = "_figures_/";

/** What a person calls the figures of a tag that is for specifications. */
export function figureTag(tag: string): string {
  return tag.startsWith(figureFolder) ? tag.slice(figureFolder.length) : tag;
}

/** A specification, or what makes one, as the builders of vega-lite-api do. */
export type FigureInput = FigureSpec | { toSpec(): object };

/** One of these is in every specification of Vega-Lite. */
const views = ["mark", "layer", "concat", "hconcat", "vconcat", "facet", "repeat"];

/** As JSON. Throws a `TypeError` if it is no chart of Vega-Lite, or nothing that JSON can hold. */
export function figureJson(input: FigureInput, what: string): string {
  const given = input as { toSpec?: () => unknown } | null | undefined;
  const spec = typeof given?.toSpec === "function" ? given.toSpec() : given;
  if (typeof spec !== "object" || spec === null || !views.some((view) => view in spec))
    throw new TypeError(
      `${what}: a figure must be a specification of Vega-Lite, with ${views.join(", ")}; got ${typeof spec === "object" && spec !== null ? `an object with ${Object.keys(spec).slice(0, 5).join(", ") || "nothing"}` : String(spec)}`,
    );
  try {
    return JSON.stringify(spec);
  } catch (error) {
    throw new TypeError(`${what}: a figure must be such as JSON can hold, but ${(error as Error).message}`);
  }
}

export function figureEvent(tag: string, json: string, time: EventTime): Buffer {
  const plugin = { name: figurePlugin, content: new Uint8Array() };
  const strings = [Buffer.from(json, "utf8")];
  return stringsEvent(
    { tag: `${figureFolder}${tag}`, plugin, dataClass: dataClass.tensor, strings, scalar: true },
    time,
  );
}
