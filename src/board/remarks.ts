/** What a board says in words above its charts. */
import { nearestTags } from "../base/nearestTags.js";
import { type RunData, tagsOf } from "../track/runData.js";
import { mediaTags } from "../track/runMedia.js";
import { type BoardMedia, mediaKinds } from "./boardMedia.js";
import { written } from "./constants.js";
import { asksForLayers, type BoardData, constants, filtered, kindsOf } from "./content.js";
import { cutShort } from "./cutShort.js";
import { type BoardSettings, tagFilter } from "./options.js";
import { heatMapTags } from "./panels/gradients.js";
import type { BoardRun } from "./series.js";
import { superseded } from "./superseded.js";
import { layerGroups, prefixOf, restOf } from "./tagGroups.js";
import { verdictLine } from "./verdicts.js";

/** They are about numbers. */
export function asksForVerdicts(settings: BoardSettings): boolean {
  const numbers = ["scalars", "gradients", "histograms", "distributions"] as const;
  return kindsOf(settings).some((kind) => numbers.some((one) => one === kind));
}

/** Verdicts that stand on no chart: a line each. */
export function unplacedVerdicts(given: readonly BoardRun[], settings: BoardSettings): string[] {
  if (!asksForVerdicts(settings)) return [];
  const kinds = kindsOf(settings);
  const runs = filtered(given, settings);
  const left = new Set(constants(runs, settings).flatMap((chart) => chart.tags));
  return runs.flatMap(({ label, data, verdicts = [] }) => {
    const inHeatMap = new Set(
      kinds.includes("gradients") ? heatMapTags(data).map(({ tag }) => restOf(tag)) : [],
    );
    const isShown = (tag: string) => {
      const isLayers = layerGroups.includes(prefixOf(tag));
      const isDrawn = kinds.includes("scalars") && data.scalars.has(tag) && !left.has(tag);
      return (isDrawn && (!isLayers || asksForLayers(settings))) || (isLayers && inHeatMap.has(restOf(tag)));
    };
    return verdicts.filter((one) => !one.tags.some(isShown)).map((one) => verdictLine(label, one));
  });
}

/** Lines about what the board leaves out, and what it holds no more than the files do: missing points, unreadable parts. */
export function remarks({ runs, notDrawn, missing = [] }: BoardData, settings: BoardSettings): string[] {
  const shown = filtered(runs, settings);
  const fits = tagFilter(settings);
  const empty = shown.filter(
    ({ data, media }) =>
      data.scalars.size === 0 &&
      data.histograms.size === 0 &&
      !mediaTags(data).some(fits) &&
      !hasMedia(media),
  );
  // As it was typed: a regular expression's source has each slash escaped.
  const wanted = settings.tags?.source.replaceAll("\\/", "/");
  const tag = wanted === undefined ? " yet" : ` that fit ${wanted}`;
  const near =
    wanted !== undefined && empty.length > 0 && empty.length === shown.length ? meantTags(runs, wanted) : "";
  const asked = mediaKinds.filter((kind) => settings.kinds?.includes(kind));
  return [
    ...missing,
    ...(notDrawn
      ? [
          notDrawn.runs === 1
            ? `The run of its trial is drawn when asked for: with --kind scalars, or by its name, ${notDrawn.example}.`
            : `The ${notDrawn.runs} runs of its trials are drawn when asked for: all with --kind scalars, one by its name, such as ${notDrawn.example}.`,
        ]
      : []),
    ...written(constants(shown, settings)),
    ...cutShort(shown.map(({ label, data }) => ({ label, status: data.status }))),
    ...shown.flatMap(({ label, data }) => superseded(label, data) ?? []),
    ...(empty.length > 0 ? [`No points${tag}: ${empty.map((run) => run.label).join(", ")}.${near}`] : []),
    ...asked.flatMap((kind) => withoutMedia(kind, shown)),
    ...runs.flatMap(({ label, data }) => problemsOf(label, data)),
  ];
}

/** A sentence with tags that may have been meant, whole or behind their prefix, else with some that there are. */
function meantTags(runs: readonly BoardRun[], wanted: string): string {
  const all = [...new Set(runs.flatMap(({ data }) => tagsOf(data)))];
  const found = nearestTags(wanted, all);
  const named = (found.length > 0 ? found : all).slice(0, 3).map((tag) => JSON.stringify(tag));
  if (named.length === 0) return "";
  if (found.length > 0) return ` The nearest tags are ${named.join(", ")}.`;
  return ` None is near; ${all.length > named.length ? `of ${all.length} tags some` : "the tags"} are ${named.join(", ")}.`;
}

/** Of a page in a file these are all that is left of what lay beside the numbers. */
function hasMedia(media: BoardMedia | undefined): boolean {
  return media !== undefined && mediaKinds.some((kind) => has(media, kind));
}

/** A sentence where a kind was asked for that no run has of which it could be read. */
function withoutMedia(kind: (typeof mediaKinds)[number], runs: readonly BoardRun[]): string[] {
  const [what, method] = mediaNames[kind];
  const read = runs.flatMap(({ media }) => media ?? []);
  return read.length > 0 && !read.some((media) => has(media, kind))
    ? [`No ${what} here; run.${method} records them.`]
    : [];
}

function has(media: BoardMedia, kind: (typeof mediaKinds)[number]): boolean {
  if (kind === "graph") return media.graph !== undefined;
  if (kind === "evaluation" && (media.prCurves?.size ?? 0) > 0) return true;
  if (kind === "images" && (media.figures?.size ?? 0) > 0) return true;
  const place = kind === "text" ? "texts" : kind === "evaluation" ? "evaluations" : kind;
  return (media[place]?.size ?? 0) > 0;
}

const mediaNames: Readonly<Record<(typeof mediaKinds)[number], readonly [what: string, method: string]>> = {
  evaluation: ["evaluations", "evaluation"],
  images: ["pictures", "image"],
  text: ["texts", "text"],
  tables: ["tables", "table"],
  audio: ["sounds", "audio"],
  graph: ["model graphs", "graph"],
};

function problemsOf(label: string, { problems }: RunData): string[] {
  const bad = problems.filter(({ kind }) => kind === "corrupt" || kind === "unreadable");
  const changed = problems.filter(({ kind }) => kind === "gone" || kind === "replaced");
  return [
    ...(bad.length > 0
      ? [`${label}: ${bad.length} parts of its files could not be read, first ${bad[0]?.message}.`]
      : []),
    ...changed.map(({ message }) => `${label}: ${message}.`),
  ];
}
