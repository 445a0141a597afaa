/** Draws a chart's lines, with the marks on them, on the canvas that uPlot lays out. */
import type uPlot from "uplot";
import { alarm } from "../palette.js";
import { drawFlags } from "./drawFlags.js";
import type { Flag } from "./flags.js";
import type { Line } from "./lines.js";
import { markerPlaces, markerSize } from "./markers.js";
import type { Scale } from "./scale.js";

export interface LineChartContent {
  readonly lines: readonly Line[];
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  /** The doctor's verdicts. */
  readonly flags: readonly Flag[];
  /** Runs drawn on top of the others, which become faint. */
  readonly emphasised?: string | undefined;
}

export interface Ink {
  readonly text: string;
  readonly soft: string;
  readonly grid: string;
  /** What the chart stands on. */
  readonly ground: string;
}

/** Where what is drawn. */
export interface Stage {
  readonly ctx: CanvasRenderingContext2D;
  readonly bbox: uPlot.BBox;
  readonly content: LineChartContent;
  readonly ink: Ink;
}

const faint = 0.25;
/** Of more lines than these the logged values behind the smoothed ones would only be noise. */
const mostWithLogged = 24;

/** Pixels; of many lines each is thinner, so that they do not close up. */
export function lineWidth(lines: number): number {
  return lines <= mostWithLogged ? 1.6 : 1;
}

export function drawLines(on: Stage): void {
  const { ctx, bbox, content, ink } = on;
  ctx.save();
  ctx.beginPath();
  // A dot at the edge is shown whole.
  const room = 4 * devicePixelRatio;
  ctx.rect(bbox.left - room, bbox.top - room, bbox.width + 2 * room, bbox.height + 2 * room);
  ctx.clip();
  ctx.lineJoin = "bevel";
  const lines = inOrder(content);
  for (const line of lines) drawLine(line, on);
  for (const line of lines) markClipped(line, on);
  drawFlags(ctx, bbox, { ...content, ink });
  ctx.restore();
}

/** The emphasised run last, so that it lies on top. */
function inOrder({ lines, emphasised }: LineChartContent): readonly Line[] {
  if (emphasised === undefined) return lines;
  return [...lines.filter(({ run }) => run !== emphasised), ...lines.filter(({ run }) => run === emphasised)];
}

function drawLine(line: Line, on: Stage): void {
  const { ctx, content } = on;
  const { emphasised } = content;
  const strength = emphasised === undefined || emphasised === line.run ? 1 : 0.2;
  const ratio = devicePixelRatio;
  ctx.strokeStyle = line.colour;
  ctx.fillStyle = line.colour;
  ctx.setLineDash(line.dashed ? [5 * ratio, 3 * ratio] : []);
  const isFew = content.lines.length <= mostWithLogged;
  if (isFew && isSmoothed(line)) {
    ctx.globalAlpha = faint * strength;
    ctx.lineWidth = ratio;
    stroke(line, line.values, on);
  }
  ctx.globalAlpha = strength;
  ctx.lineWidth = ratio * lineWidth(emphasised === line.run ? 1 : content.lines.length);
  stroke(line, line.smoothed, on);
  if (isFew) mark(line, on);
  markBroken(line, on);
}

/** With a rim in the ground's colour, so that marks stand out from lines. */
function mark(line: Line, { ctx, bbox, content, ink }: Stage): void {
  if (line.marker === "") return;
  const ratio = devicePixelRatio;
  const { width, height } = bbox;
  const path = new Path2D(line.marker);
  const turn = content.lines.indexOf(line);
  const size = { width: width / ratio, height: height / ratio, turn };
  ctx.setLineDash([]);
  ctx.strokeStyle = ink.ground;
  for (const [left, top] of markerPlaces(line, content, size)) {
    ctx.save();
    ctx.translate(bbox.left + left * ratio, bbox.top + top * ratio);
    ctx.scale(markerSize * ratio, markerSize * ratio);
    ctx.lineWidth = 0.6;
    ctx.stroke(path);
    ctx.fill(path);
    ctx.restore();
  }
}

/** Not finite values break the line; a point between two breaks becomes a dot. */
function stroke({ x }: Line, values: Float64Array, { ctx, bbox, content }: Stage): void {
  const { x: xScale, y: yScale } = content;
  const dots: [number, number][] = [];
  let run = 0;
  let last: [number, number] = [0, 0];
  const end = () => {
    if (run === 1) dots.push(last);
    run = 0;
  };
  ctx.beginPath();
  for (let i = 0; i < values.length; i++) {
    const left = bbox.left + xScale.place(x[i] as number) * bbox.width;
    const top = bbox.top + (1 - yScale.place(values[i] as number)) * bbox.height;
    if (!Number.isFinite(left) || !Number.isFinite(top)) end();
    else {
      const at: [number, number] = [left, Math.max(-1e6, Math.min(1e6, top))];
      if (run++ === 0) ctx.moveTo(...at);
      else ctx.lineTo(...at);
      last = at;
    }
  }
  end();
  ctx.stroke();
  const few = values.length <= 2;
  for (const [left, top] of few && dots.length === 0 && values.length > 0 ? [last] : dots) {
    ctx.beginPath();
    ctx.arc(left, top, 3 * devicePixelRatio, 0, 2 * Math.PI);
    ctx.fill();
  }
}

/** Arrows at the top and the foot, where a value lies beyond the axis. */
function markClipped({ x, values, colour }: Line, { ctx, bbox, content }: Stage): void {
  const size = 3.5 * devicePixelRatio;
  ctx.fillStyle = colour;
  ctx.globalAlpha = 1;
  for (let i = 0; i < values.length; i++) {
    const at = content.y.place(values[i] as number);
    const along = content.x.place(x[i] as number);
    if (!(at > 1 || at < 0) || !Number.isFinite(values[i]) || !(along >= 0 && along <= 1)) continue;
    const left = bbox.left + along * bbox.width;
    const [edge, inward] = at > 1 ? [bbox.top, 1] : [bbox.top + bbox.height, -1];
    ctx.beginPath();
    ctx.moveTo(left - size, edge + 2 * size * inward);
    ctx.lineTo(left + size, edge + 2 * size * inward);
    ctx.lineTo(left, edge);
    ctx.fill();
  }
}

/** Triangles at the foot, where a value was NaN or infinite. */
function markBroken({ x, values }: Line, { ctx, bbox, content }: Stage): void {
  const size = 4 * devicePixelRatio;
  ctx.fillStyle = alarm;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const left = bbox.left + content.x.place(x[i] as number) * bbox.width;
    const foot = bbox.top + bbox.height - 1;
    ctx.beginPath();
    ctx.moveTo(left - size, foot);
    ctx.lineTo(left + size, foot);
    ctx.lineTo(left, foot - 2 * size);
    ctx.fill();
  }
}

function isSmoothed({ values, smoothed }: Line): boolean {
  return smoothed.some((value, i) => value !== values[i] && Number.isFinite(value));
}
