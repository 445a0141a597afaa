/** The mark that a chart names and there is none of: Vega itself says only that something is undefined. */
import { nearestName } from "../base/nearestName.js";
import type { Spec } from "./inlineData.js";
import type { Grammar } from "./render/svg.js";

/** All there are, of Vega-Lite 5 and Vega 5. */
export const markNames: Readonly<Record<Grammar, readonly string[]>> = {
  "vega-lite": [
    ...["arc", "area", "bar", "boxplot", "circle", "errorband", "errorbar", "geoshape", "image", "line"],
    ...["point", "rect", "rule", "square", "text", "tick", "trail"],
  ],
  vega: [
    ...["arc", "area", "group", "image", "line", "path", "rect", "rule", "shape", "symbol", "text", "trail"],
  ],
};

/** Where views lie within a view. */
const places = { "vega-lite": ["layer", "hconcat", "vconcat", "concat", "spec"], vega: ["marks"] } as const;
/** Longest text of what was given instead of a name. */
const longest = 40;

/** One sentence about the first mark that is none; undefined where all are. */
export function wrongMark(spec: Spec, grammar: Grammar): string | undefined {
  const names = markNames[grammar];
  const views: Spec[] = [spec];
  // By index, as views are added on the way: how deep a specification nests is nobody's promise.
  for (let at = 0; at < views.length; at++) {
    const view = views[at] as Spec;
    const mark = markOf(view, { grammar, isWhole: at === 0 });
    if (mark !== undefined && !names.includes(mark.name as string)) return sentence(mark.name, grammar);
    for (const place of places[grammar])
      for (const inner of [view[place]].flat()) if (isSpec(inner)) views.push(inner);
  }
  return undefined;
}

/** Undefined for a view that has none of its own. */
function markOf(
  view: Spec,
  { grammar, isWhole }: { grammar: Grammar; isWhole: boolean },
): { readonly name: unknown } | undefined {
  if (grammar === "vega") return isWhole ? undefined : { name: view.type };
  if (!("mark" in view)) return undefined;
  return { name: isSpec(view.mark) ? view.mark.type : view.mark };
}

function sentence(given: unknown, grammar: Grammar): string {
  const names = markNames[grammar];
  const near = typeof given === "string" ? nearestName(given, names) : undefined;
  const written = given === undefined ? "without a name" : (JSON.stringify(given) as string);
  const short = written.length > longest ? `${written.slice(0, longest)}…` : written;
  const language = grammar === "vega" ? "Vega" : "Vega-Lite";
  return `draw chart: a mark of ${language} must be one of ${names.join(", ")}; it was ${short}${near ? `, and the nearest is ${JSON.stringify(near)}` : ""}`;
}

function isSpec(value: unknown): value is Spec {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
