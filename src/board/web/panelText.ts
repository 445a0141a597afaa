/** A chart of Vega's in words, for who cannot see it: what it is called, what its axes and colours say, how much it holds. */
import type { Spec } from "../inlineData.js";
import { panelRows } from "./panelRows.js";

const channels = { x: "across", y: "upwards", color: "colour" } as const;

/** @param spec with its data as rows. */
export function panelText(title: string, spec: Spec): string {
  const notes = [(spec.title as { subtitle?: unknown } | undefined)?.subtitle ?? []].flat().map(String);
  const encoded = Object.entries(channels).flatMap(([channel, word]) => {
    const names = [...new Set(namesOf(spec, channel))];
    return names.length > 0 ? [`${word}: ${names.join(", ")}`] : [];
  });
  const { length } = panelRows(spec).rows;
  const size = length === 1 ? "1 row of data" : `${length} rows of data`;
  return [title, ...notes, ...(encoded.length > 0 ? [encoded.join("; ")] : []), size].join(". ");
}

/** Titles of a channel's axes or legends at any depth, else their fields. */
function namesOf(part: unknown, channel: string): string[] {
  if (Array.isArray(part)) return part.flatMap((one) => namesOf(one, channel));
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "data") return [];
    const own = key === "encoding" ? nameOf((value as Spec)[channel] as Spec | undefined) : undefined;
    return [...(own === undefined ? [] : [own]), ...namesOf(value, channel)];
  });
}

function nameOf(definition: Spec | undefined): string | undefined {
  if (typeof definition?.title === "string" && definition.title !== "") return definition.title;
  return typeof definition?.field === "string" ? definition.field : undefined;
}
