/** A chart of scalars as an SVG of its own: title, axes, lines, legend, on white. */
import { escapeHtml } from "../../base/escapeHtml.js";
import { severityColours } from "../palette.js";
import { flagsWithRoom, mostFlags } from "../verdictFlags.js";
import { type LineChartContent, lineWidth } from "./drawLines.js";
import type { Flag } from "./flags.js";
import type { Line } from "./lines.js";
import { markerPlaces, markerSize } from "./markers.js";
import type { Scale } from "./scale.js";

const margin = { left: 64, right: 14, top: 30, bottom: 40 };
const ink = "#1f2328";
const soft = "#59636e";
const grid = "#dfe3e8";
const legendRow = 16;

export interface SvgSize {
  /** Of the whole but the legend, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels from one name of a flag to the next. */
const flagRow = 13;

export function svgChart(title: string, content: LineChartContent, { width, height }: SvgSize): string {
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const runs = [...new Map(content.lines.map((line) => [line.run, line])).values()];
  const total = height + runs.length * legendRow + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="system-ui, sans-serif" font-size="11">
<rect width="${width}" height="${total}" fill="#ffffff"/>
<text x="12" y="18" font-size="13" font-weight="600" fill="${ink}">${escapeHtml(title)}</text>
<clipPath id="plot"><rect width="${inner.width}" height="${inner.height}"/></clipPath>
<g transform="translate(${margin.left} ${margin.top})">
${axes(content, inner)}
<g clip-path="url(#plot)" fill="none" stroke-linejoin="round">
${content.lines.map((line, turn) => paths(line, content, inner) + marks(line, content, { ...inner, turn })).join("\n")}
</g>
${flagMarks(content, inner)}
</g>
${runs.map((line, i) => legendEntry(line, height + i * legendRow)).join("\n")}
</svg>
`;
}

/** Rules and the problems' names, one below the other; what lies outside of the plot is left out. */
function flagMarks({ flags, x }: LineChartContent, { width, height }: SvgSize): string {
  const { shown, rest } = flagsWithRoom(flags.filter((flag) => x.place(flag.x) >= 0 && x.place(flag.x) <= 1));
  const name = (flag: Flag, text: string, i: number) => {
    const at = x.place(flag.x);
    const anchor = at > 0.5 ? 'text-anchor="end" dx="-5"' : 'dx="5"';
    return `<text x="${short(at * width)}" y="${9 + flagRow * i}" ${anchor} fill="${ink}">${escapeHtml(text)}</text>`;
  };
  const marks = shown.map((flag, i) => {
    const colour = flag.colour ?? severityColours[flag.verdict.severity];
    return `<path d="M${short(x.place(flag.x) * width)} 0V${height}" stroke="${colour}" stroke-dasharray="4 3"/>${name(flag, flag.name, i)}`;
  });
  const [first] = rest;
  return [...marks, ...(first ? [name(first, `+${rest.length} more`, mostFlags)] : [])].join("\n");
}

function axes({ x, y, xTitle }: LineChartContent, { width, height }: SvgSize): string {
  const vertical = y.ticks.map(({ at, label }) => {
    const top = short((1 - at) * height);
    return `<path d="M0 ${top}H${width}" stroke="${grid}"/><text x="-6" y="${top}" dy="0.35em" text-anchor="end" fill="${soft}">${escapeHtml(label)}</text>`;
  });
  const horizontal = x.ticks.map(({ at, label }) => {
    const left = short(at * width);
    return `<path d="M${left} 0V${height}" stroke="${grid}"/><text x="${left}" y="${height + 15}" text-anchor="middle" fill="${soft}">${escapeHtml(label)}</text>`;
  });
  const title = `<text x="${width / 2}" y="${height + 32}" text-anchor="middle" fill="${soft}">${escapeHtml(xTitle)}</text>`;
  return [...vertical, ...horizontal, title].join("\n");
}

function paths(line: Line, { x, y, lines }: LineChartContent, size: SvgSize): string {
  const dash = line.dashed ? ' stroke-dasharray="5 3"' : "";
  const raw = pathOf(line.x, line.values, { x, y, size });
  const smoothed = pathOf(line.x, line.smoothed, { x, y, size });
  const path = (d: string, more: string) => `<path d="${d}" stroke="${line.colour}"${dash}${more}/>`;
  const arrows = clippedArrows(line, { x, y }, size);
  return [
    ...(arrows === "" ? [] : [`<path d="${arrows}" fill="${line.colour}"/>`]),
    ...(raw === smoothed ? [] : [path(raw, ' stroke-opacity="0.25"')]),
    path(smoothed, ` stroke-width="${lineWidth(lines.length)}" stroke-linecap="round"`),
  ].join("");
}

/** Triangles at the top and the foot, where a value lies beyond the axis. */
function clippedArrows(
  { x: positions, values }: Line,
  { x, y }: Pick<LineChartContent, "x" | "y">,
  { width, height }: SvgSize,
): string {
  let path = "";
  for (let i = 0; i < values.length; i++) {
    const at = y.place(values[i] as number);
    const left = x.place(positions[i] as number) * width;
    if (!(at > 1 || at < 0) || !Number.isFinite(values[i]) || !(left >= 0 && left <= width)) continue;
    const [edge, inward] = at > 1 ? [0, 7] : [height, -7];
    path += `M${short(left - 3.5)} ${short(edge + inward)}h7L${short(left)} ${edge}z`;
  }
  return path;
}

function marks(line: Line, content: LineChartContent, size: SvgSize & { turn: number }): string {
  if (line.marker === "") return "";
  return markerPlaces(line, content, size)
    .map((place) => mark(line, place))
    .join("");
}

function mark({ marker, colour }: Line, [left, top]: readonly [number, number]): string {
  return `<path d="${marker}" transform="translate(${short(left)} ${short(top)}) scale(${markerSize})" fill="${colour}" stroke="#ffffff" stroke-width="0.3"/>`;
}

/** A break where a value is not finite; a point alone is a dot of no length. */
function pathOf(
  positions: Float64Array,
  values: Float64Array,
  { x, y, size }: { x: Scale; y: Scale; size: SvgSize },
): string {
  let path = "";
  let broken = true;
  for (let i = 0; i < values.length; i++) {
    const left = x.place(positions[i] as number) * size.width;
    const top = (1 - y.place(values[i] as number)) * size.height;
    if (!Number.isFinite(left) || !Number.isFinite(top)) {
      broken = true;
      continue;
    }
    const at = `${short(left)} ${short(Math.max(-1e4, Math.min(1e4, top)))}`;
    path += broken ? `M${at}L${at}` : `L${at}`;
    broken = false;
  }
  return path;
}

function legendEntry(line: Line, top: number): string {
  const { run, colour } = line;
  const sign = line.marker === "" ? "" : mark(line, [22, top + 8]);
  return `<path d="M14 ${top + 8}h16" stroke="${colour}" stroke-width="3"/>${sign}<text x="36" y="${top + 8}" dy="0.35em" fill="${ink}">${escapeHtml(run)}</text>`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
