/**
 * The evidence of one verdict, cut out of the board: the series it was taken from, small, with a line where the verdict was
 * first seen.
 *
 * Lines are an SVG picture in the HTML, which JupyterLab, nbconvert and GitHub all show; words and numbers stand around it
 * as text, so that they have the page's own colour and can be read in a light and in a dark one.
 */
import { escapeHtml } from "../base/escapeHtml.js";
import { extremes } from "../base/extremes.js";
import { shortNumber } from "../base/table.js";
import { placeOfVerdict, type Verdict } from "../doctor/index.js";
import type { RunData } from "../track/runData.js";
import { type EvidenceLine, evidenceLines } from "./evidenceLines.js";
import { evidencePicture, lineSample } from "./evidencePicture.js";
import type { Spec } from "./inlineData.js";
import { alarm, neutral } from "./palette.js";
import { countsEpochs, verdictIndex } from "./verdicts.js";
import { yScale } from "./yScale.js";

const size = { width: 420, height: 110 } as const;

/** Undefined where the run holds none of the evidence's series with two points. */
export function evidenceChart(run: RunData, verdict: Verdict): string | undefined {
  const place = placeOfVerdict(run, verdict);
  const lines = evidenceLines(run, place.tags);
  const first = lines.find(({ colour }) => colour !== undefined);
  if (!first) return undefined;
  const finite = lines.flatMap(({ values }) => values.filter(Number.isFinite));
  if (finite.length === 0) return undefined;
  const epochs = countsEpochs(first.tag);
  const series = run.scalars.get(first.tag)!;
  return chartHtml(lines, {
    x: extremes(lines.flatMap(({ steps }) => steps)),
    y: extremes(finite),
    unit: epochs ? "epoch" : "step",
    seen: series.steps[verdictIndex({ ...verdict, ...place }, series, epochs)],
    scale: yScale(finite).scale,
  });
}

/** What the lines go over. */
interface Extent {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [low: number, high: number];
  readonly unit: "epoch" | "step";
  /** Where the verdict was first seen. */
  readonly seen: number | undefined;
  readonly scale: Spec;
}

function chartHtml(lines: readonly EvidenceLine[], extent: Extent): string {
  const { x, y, unit, scale } = extent;
  const [low, high] = y.map((value) => shortNumber(value, 3));
  const small = "font-size:0.85em;line-height:1.3";
  return [
    `<div style="margin:6px 0;max-width:${size.width}px;${small}">`,
    `<div>${legend(lines)}</div>`,
    `<div>${high}${scaleText(scale)}</div>`,
    imageOf(pictureOf(lines, extent), {
      alt: `${namesOf(lines)} from ${unit} ${x[0]} to ${x[1]}, between ${low} and ${high}`,
      style: "display:block;max-width:100%;margin:2px 0",
    }),
    `<div>${low} · ${unit} ${x[0]} to ${x[1]}${seenText(extent)}</div>`,
    "</div>",
  ].join("");
}

function pictureOf(lines: readonly EvidenceLine[], { x, scale, seen }: Extent): string {
  return evidencePicture(lines, {
    size,
    x,
    y: {
      domain: scale.domain as [number, number],
      log: scale.type === "log" || scale.type === "symlog",
      ...(scale.type === "symlog" && { constant: scale.constant as number }),
    },
    ...(seen !== undefined && { seen }),
  });
}

function namesOf(lines: readonly EvidenceLine[]): string {
  return lines.flatMap(({ tag, colour }) => (colour === undefined ? [] : [tag])).join(", ");
}

function scaleText({ type }: Spec): string {
  return type === "log" ? ", logarithmic" : type === "symlog" ? ", logarithmic around 0" : "";
}

function seenText({ seen, unit }: Extent): string {
  if (seen === undefined) return "";
  return ` · ${sampleOf({ colour: alarm, dash: "4 3", text: `first seen at ${unit} ${seen}` })}`;
}

function legend(lines: readonly EvidenceLine[]): string {
  const parts = lines.flatMap(({ tag, colour }) =>
    colour === undefined ? [] : [sampleOf({ colour, text: tag })],
  );
  const others = lines.length - parts.length;
  if (others > 0)
    parts.push(sampleOf({ colour: neutral, text: `${others} other layer${others === 1 ? "" : "s"}` }));
  return parts.join(" &nbsp; ");
}

/** A picture too: as a text its colour would be too pale to read. */
function sampleOf(line: { readonly colour: string; readonly text: string; readonly dash?: string }): string {
  return `<span style="white-space:nowrap">${imageOf(lineSample(line), { alt: "", style: "vertical-align:middle;margin:0" })} ${escapeHtml(line.text)}</span>`;
}

function imageOf(svg: string, { alt, style }: { readonly alt: string; readonly style: string }): string {
  return `<img alt="${escapeHtml(alt)}" style="${style}" src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`;
}
