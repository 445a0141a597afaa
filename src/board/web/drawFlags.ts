/** Draws the doctor's verdicts into a chart: a rule, a flag whose shape says how bad it is, and the problem's name. */
import type uPlot from "uplot";
import { severityColours } from "../palette.js";
import { type Flag, flagName } from "./flags.js";
import type { Scale } from "./scale.js";

/** Pixels of the screen. */
const size = 5;
const row = 14;
const mostNamed = 4;

export function drawFlags(
  ctx: CanvasRenderingContext2D,
  bbox: uPlot.BBox,
  {
    flags,
    x,
    ink,
  }: {
    readonly flags: readonly Flag[];
    readonly x: Scale;
    readonly ink: { readonly text: string; readonly ground: string };
  },
): void {
  const ratio = devicePixelRatio;
  const seen = flags.filter((flag) => x.place(flag.x) >= 0 && x.place(flag.x) <= 1);
  for (const [i, flag] of seen.entries()) {
    const at = x.place(flag.x);
    const left = bbox.left + at * bbox.width;
    const top = bbox.top + (size + row * Math.min(i, mostNamed)) * ratio;
    const colour = severityColours[flag.verdict.severity];
    ctx.globalAlpha = 1;
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = 1.3 * ratio;
    ctx.setLineDash([4 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(left, bbox.top);
    ctx.lineTo(left, bbox.top + bbox.height);
    ctx.stroke();
    ctx.setLineDash([]);
    shape(ctx, flag.verdict.severity, [left, top, size * ratio]);
    if (i >= mostNamed) continue;
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = "middle";
    ctx.textAlign = at > 0.5 ? "right" : "left";
    const beside = left + (at > 0.5 ? -9 : 9) * ratio;
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = "round";
    ctx.strokeStyle = ink.ground;
    ctx.strokeText(flagName(flag), beside, top);
    ctx.fillStyle = ink.text;
    ctx.fillText(flagName(flag), beside, top);
  }
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
}
