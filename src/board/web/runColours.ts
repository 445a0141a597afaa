/** The colour and the marker of each run: its own, or those of the runs with which it shares something. */
import { runColour } from "../palette.js";
import type { CatalogueRun } from "../source/catalogue.js";
import { markerOf } from "./markers.js";
import { expressionOf } from "./view.js";

/** Label → colour. A run keeps its colour whichever are shown. */
export function runColours(runs: readonly CatalogueRun[], by: string): ReadonlyMap<string, string> {
  return eachOf(runs, by, runColour);
}

/** Label → SVG path, empty where there is none. */
export function runMarkers(runs: readonly CatalogueRun[], by: string): ReadonlyMap<string, string> {
  return eachOf(runs, by, markerOf);
}

function eachOf(
  runs: readonly CatalogueRun[],
  by: string,
  look: (index: number) => string,
): ReadonlyMap<string, string> {
  if (by === "run") return new Map(runs.map(({ label }, i) => [label, look(i)]));
  const key = keyOf(by);
  const groups = [...new Set(runs.map(key))];
  return new Map(runs.map((run) => [run.label, look(groups.indexOf(key(run)))]));
}

/** What runs of one colour share, as text; the whole match, or its groups, of a regular expression in the label. */
export function keyOf(by: string): (run: CatalogueRun) => string {
  if (by === "group") return ({ group = "" }) => group;
  if (by.startsWith("config.")) {
    const name = by.slice("config.".length);
    return ({ config }) => JSON.stringify(config[name]) ?? "";
  }
  const expression = expressionOf(by.replace(/^\/|\/$/g, ""));
  return ({ label }) => {
    const match = expression?.exec(label);
    return match ? (match.length > 1 ? match.slice(1) : [match[0]]).join(" ") : "";
  };
}

/** Keys of the configuration in which runs differ. */
export function colourChoices(runs: readonly CatalogueRun[]): string[] {
  const keys = [...new Set(runs.flatMap(({ config }) => Object.keys(config)))];
  const differing = keys.filter(
    (key) => new Set(runs.map(({ config }) => JSON.stringify(config[key]))).size > 1,
  );
  const grouped = new Set(runs.map(({ group }) => group)).size > 1;
  return ["run", ...(grouped ? ["group"] : []), ...differing.map((key) => `config.${key}`)];
}
