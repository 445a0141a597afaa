/** Draws the doctor's verdicts into a chart: a rule, a flag whose shape says how bad it is, and the problem's name. */
import type uPlot from "uplot";
import { severityColours } from "../palette.js";
import { flagsWithRoom, mostFlags } from "../verdictFlags.js";
import type { Flag } from "./flags.js";
import type { Scale } from "./scale.js";

/** Pixels of the screen: half a mark, from one name to the next, and what a mark keeps from the chart's edges. */
const size = 5;
const row = 14;
const inside = 7;

interface Ink {
  readonly text: string;
  readonly ground: string;
}

interface FlagsToDraw {
  readonly flags: readonly Flag[];
  readonly x: Scale;
  readonly ink: Ink;
}

export function drawFlags(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, { flags, x, ink }: FlagsToDraw) {
  const ratio = devicePixelRatio;
  const { shown, rest } = flagsWithRoom(flags.filter((flag) => isWithin(x.place(flag.x))));
  const topOf = (i: number) => bbox.top + (size + row * i) * ratio;
  ctx.globalAlpha = 1;
  for (const [i, flag] of shown.entries()) {
    const at = x.place(flag.x);
    const colour = severityColours[flag.verdict.severity];
    rule(ctx, bbox, { left: bbox.left + at * bbox.width, colour: flag.colour ?? colour });
    const left = markPlace(at, bbox, ratio);
    ctx.strokeStyle = colour;
    ctx.fillStyle = flag.verdict.follows === undefined ? colour : ink.ground;
    ctx.lineWidth = 1.6 * ratio;
    shape(ctx, flag.verdict.severity, [left, topOf(i), size * ratio]);
    write(ctx, flag.name, { left, top: topOf(i), isRight: at > 0.5, ink });
  }
  const [first] = rest;
  if (!first) return;
  const at = x.place(first.x);
  const place = { left: markPlace(at, bbox, ratio), top: topOf(mostFlags), isRight: at > 0.5, ink };
  write(ctx, `+${rest.length} more`, place);
}

function isWithin(at: number): boolean {
  return at >= 0 && at <= 1;
}

/** Off the edges: there it would cover labels of the axis. */
function markPlace(at: number, { left, width }: uPlot.BBox, ratio: number): number {
  return Math.max(left + inside * ratio, Math.min(left + width - inside * ratio, left + at * width));
}

function rule(
  ctx: CanvasRenderingContext2D,
  { top, height }: uPlot.BBox,
  { left, colour }: { readonly left: number; readonly colour: string },
): void {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3 * ratio;
  ctx.setLineDash([4 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(left, top);
  ctx.lineTo(left, top + height);
  ctx.stroke();
  ctx.setLineDash([]);
}

interface TextPlace {
  /** Of the mark. */
  readonly left: number;
  readonly top: number;
  /** The text stands to the left of the mark. */
  readonly isRight: boolean;
  readonly ink: Ink;
}

function write(ctx: CanvasRenderingContext2D, text: string, { left, top, isRight, ink }: TextPlace): void {
  const ratio = devicePixelRatio;
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textBaseline = "middle";
  ctx.textAlign = isRight ? "right" : "left";
  const beside = left + (isRight ? -9 : 9) * ratio;
  ctx.lineWidth = 4 * ratio;
  ctx.lineJoin = "round";
  ctx.strokeStyle = ink.ground;
  ctx.strokeText(text, beside, top);
  ctx.fillStyle = ink.text;
  ctx.fillText(text, beside, top);
}

/** Error: a triangle that points down; warning: a diamond; info: a disc. */
function shape(
  ctx: CanvasRenderingContext2D,
  severity: Flag["verdict"]["severity"],
  [left, top, half]: readonly [number, number, number],
): void {
  ctx.beginPath();
  if (severity === "info") ctx.arc(left, top, half * 0.8, 0, 2 * Math.PI);
  else {
    ctx.moveTo(left - half, severity === "error" ? top - half : top);
    if (severity === "warning") ctx.lineTo(left, top - half);
    ctx.lineTo(left + half, severity === "error" ? top - half : top);
    ctx.lineTo(left, top + half);
    ctx.closePath();
  }
  ctx.fill();
  ctx.stroke();
}
