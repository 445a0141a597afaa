/** The lines of a verdict's chart as a small picture. */
import type { EvidenceLine } from "./evidenceLines.js";
import { alarm, neutral } from "./palette.js";

export interface EvidenceFrame {
  readonly size: { readonly width: number; readonly height: number };
  readonly x: readonly [number, number];
  readonly y: {
    readonly domain: readonly [number, number];
    readonly log: boolean;
    readonly constant?: number;
  };
  /** Where the verdict was first seen. */
  readonly seen?: number;
}

/** An SVG file without texts; what is not finite is a gap. */
export function evidencePicture(lines: readonly EvidenceLine[], frame: EvidenceFrame): string {
  const { width, height } = frame.size;
  const x = (step: number) => 4 + (width - 8) * shareOf(frame.x, step);
  const scaled = scaleOf(frame.y);
  const domain = frame.y.domain.map(scaled) as [number, number];
  const y = (value: number) => height - 4 - (height - 8) * shareOf(domain, scaled(value));
  const paths = lines.map(({ steps, values, colour }) => {
    let isOpen = false;
    const parts = values.flatMap((value, i) => {
      if (!Number.isFinite(value)) {
        isOpen = false;
        return [];
      }
      const command = isOpen ? "L" : "M";
      isOpen = true;
      return [`${command}${x(steps[i] as number).toFixed(1)} ${y(value).toFixed(1)}`];
    });
    const look =
      colour === undefined ? `stroke="${neutral}" opacity="0.6"` : `stroke="${colour}" stroke-width="2"`;
    return `<path d="${parts.join("")}" fill="none" stroke-linejoin="round" stroke-linecap="round" ${look}/>`;
  });
  const mark =
    frame.seen === undefined
      ? ""
      : `<path d="M${x(frame.seen).toFixed(1)} 0V${height}" stroke="${alarm}" stroke-width="1.5" stroke-dasharray="4 3"/>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" fill="none" stroke="${neutral}" opacity="0.4"/>`,
    ...paths,
    mark,
    "</svg>",
  ].join("");
}

function shareOf([low, high]: readonly [number, number], value: number): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** Of a symmetric logarithm the part within the constant is linear, as the board's own scale has it. */
function scaleOf({ log, constant }: EvidenceFrame["y"]): (value: number) => number {
  if (!log) return (value) => value;
  if (constant === undefined) return Math.log10;
  return (value) => Math.sign(value) * Math.log1p(Math.abs(value) / constant);
}

/** A stroke of a line, for a legend. */
export function lineSample({ colour, dash }: { readonly colour: string; readonly dash?: string }): string {
  const dashes = dash === undefined ? "" : ` stroke-dasharray="${dash}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="14" height="4" viewBox="0 0 14 4"><path d="M0 2H14" stroke="${colour}" stroke-width="2.5"${dashes}/></svg>`;
}
