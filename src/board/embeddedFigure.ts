/** A person's chart as a view among a board's others. */
import type { FigureSpec } from "../track/runMedia.js";
import type { Spec } from "./inlineData.js";

/** Characters of JSON: a notebook holds 350,000 of a whole board. */
const longest = 60_000;
/** What a whole chart may say and a part of one may not; its look is the board's. */
const ofTheWhole = ["$schema", "autosize", "background", "config", "padding", "usermeta", "name", "title"];
/** What reaches out of the board, or is named in it: addresses, selections, data by name. */
const outside = new Set(["url", "href", "params", "param", "selection", "datasets", "signal"]);

/** Undefined of charts made of others, of those that load or select something, and of long ones. */
export function embeddedFigure(figure: FigureSpec): Spec | undefined {
  if (!("mark" in figure || "layer" in figure)) return undefined;
  if (reachesOut(figure) || JSON.stringify(figure).length > longest) return undefined;
  const kept = Object.entries(figure).filter(
    ([key, value]) => !ofTheWhole.includes(key) && value !== "container",
  );
  return { ...Object.fromEntries(kept), ...(titleOf(figure) && { title: titleOf(figure) }) };
}

/** As lines of text. */
function titleOf({ title }: FigureSpec): string | undefined {
  const text = (title as { text?: unknown } | null | undefined)?.text ?? title;
  const lines = [text].flat().filter((line) => typeof line === "string");
  return lines.length > 0 ? lines.join(" ") : undefined;
}

function reachesOut(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(reachesOut);
  if (typeof part !== "object" || part === null) return false;
  return Object.entries(part).some(([key, value]) => {
    // A row of data may call its columns as it likes.
    if (key === "values" && Array.isArray(value)) return false;
    return outside.has(key) || reachesOut(value);
  });
}
