/** One chart of lines on a canvas: uPlot lays it out, draws axes and watches the mouse; lines are drawn in one go. */
import uPlot from "uplot";
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

export interface LineChartEvents {
  /** Places on the axis, 0 to 1, between which the person has dragged. */
  zoomed(from: number, to: number): void;
  reset(): void;
  /** In pixels from the plot's left and top, and 0 to 1 on the axes; undefined when the mouse has left. */
  pointed(at: { left: number; top: number; x: number; y: number } | undefined): void;
}

export interface Ink {
  readonly text: string;
  readonly soft: string;
  readonly grid: string;
  /** What the chart stands on. */
  readonly ground: string;
}

const faint = 0.25;
/** Of more lines than these the logged values behind the smoothed ones would only be noise. */
const mostWithLogged = 24;

/** Invariant: the canvas shows `#content` in `#ink`. uPlot's own scales are always 0 to 1. */
export class LineChart {
  readonly #plot: uPlot;
  #content: LineChartContent;
  #ink: Ink;

  constructor(
    place: HTMLElement,
    options: {
      readonly width: number;
      readonly height: number;
      readonly content: LineChartContent;
      readonly ink: Ink;
      readonly events: LineChartEvents;
    },
  ) {
    this.#content = options.content;
    this.#ink = options.ink;
    this.#plot = new uPlot(
      this.#options(options),
      [
        [0, 1],
        [null, null],
      ],
      place,
    );
  }

  show(content: LineChartContent, ink: Ink): void {
    this.#content = content;
    this.#ink = ink;
    this.#plot.redraw(false, true);
  }

  resize(width: number, height: number): void {
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  destroy(): void {
    this.#plot.destroy();
  }

  #options({
    width,
    height,
    events,
  }: {
    width: number;
    height: number;
    events: LineChartEvents;
  }): uPlot.Options {
    const unit = { time: false, range: (): [number, number] => [0, 1] };
    return {
      width,
      height,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      scales: { x: unit, y: unit },
      series: [{}, { show: true, scale: "y" }],
      axes: [
        this.#axis("x", { size: 22, gap: 3, label: true }),
        this.#axis("y", { size: (_u, labels) => yAxisSize(labels), gap: 4, label: false }),
      ],
      cursor: {
        drag: { x: true, y: false, setScale: false },
        points: { show: false },
        y: false,
        bind: {
          dblclick: () => () => {
            events.reset();
            return null;
          },
        },
      },
      hooks: {
        draw: [() => this.#drawLines()],
        setSelect: [
          (u) => {
            const { left, width: selected } = u.select;
            if (selected > 3) events.zoomed(u.posToVal(left, "x"), u.posToVal(left + selected, "x"));
            u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
          },
        ],
        setCursor: [
          (u) => {
            const { left = -10, top = -10 } = u.cursor;
            events.pointed(
              left < 0 ? undefined : { left, top, x: u.posToVal(left, "x"), y: u.posToVal(top, "y") },
            );
          },
        ],
      },
    };
  }

  #axis(
    which: "x" | "y",
    { size, gap, label }: { size: uPlot.Axis.Size; gap: number; label: boolean },
  ): uPlot.Axis {
    const ticks = () => this.#content[which].ticks;
    return {
      scale: which,
      size,
      gap,
      font: "11px system-ui, sans-serif",
      stroke: () => this.#ink.soft,
      grid: { stroke: () => this.#ink.grid, width: 1 },
      ticks: { show: false },
      splits: () => ticks().map(({ at }) => at),
      values: (_u, splits) => splits.map((at) => ticks().find((tick) => tick.at === at)?.label ?? ""),
      ...(label
        ? {
            label: () => this.#content.xTitle,
            labelSize: 16,
            labelGap: 0,
            labelFont: "11px system-ui, sans-serif",
          }
        : {}),
    } as uPlot.Axis;
  }

  #drawLines(): void {
    const { ctx, bbox } = this.#plot;
    ctx.save();
    ctx.beginPath();
    // A dot at the edge is shown whole.
    const room = 4 * devicePixelRatio;
    ctx.rect(bbox.left - room, bbox.top - room, bbox.width + 2 * room, bbox.height + 2 * room);
    ctx.clip();
    ctx.lineJoin = "bevel";
    for (const line of this.#inOrder()) this.#drawLine(ctx, bbox, line);
    for (const line of this.#inOrder()) this.#markClipped(ctx, bbox, line);
    drawFlags(ctx, bbox, { ...this.#content, ink: this.#ink });
    ctx.restore();
  }

  /** The emphasised run last, so that it lies on top. */
  #inOrder(): readonly Line[] {
    const { lines, emphasised } = this.#content;
    if (emphasised === undefined) return lines;
    return [
      ...lines.filter(({ run }) => run !== emphasised),
      ...lines.filter(({ run }) => run === emphasised),
    ];
  }

  #drawLine(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, line: Line): void {
    const { emphasised } = this.#content;
    const strength = emphasised === undefined || emphasised === line.run ? 1 : 0.2;
    const ratio = devicePixelRatio;
    ctx.strokeStyle = line.colour;
    ctx.fillStyle = line.colour;
    ctx.setLineDash(line.dashed ? [5 * ratio, 3 * ratio] : []);
    if (this.#content.lines.length <= mostWithLogged && isSmoothed(line)) {
      ctx.globalAlpha = faint * strength;
      ctx.lineWidth = ratio;
      this.#stroke(ctx, bbox, line, line.values);
    }
    ctx.globalAlpha = strength;
    ctx.lineWidth = 1.6 * ratio;
    this.#stroke(ctx, bbox, line, line.smoothed);
    if (this.#content.lines.length <= mostWithLogged) this.#mark(ctx, bbox, line);
    this.#markBroken(ctx, bbox, line);
  }

  /** With a rim in the ground's colour, so that marks stand out from lines. */
  #mark(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, line: Line): void {
    if (line.marker === "") return;
    const ratio = devicePixelRatio;
    const { width, height } = bbox;
    const path = new Path2D(line.marker);
    const turn = this.#content.lines.indexOf(line);
    const size = { width: width / ratio, height: height / ratio, turn };
    ctx.setLineDash([]);
    ctx.strokeStyle = this.#ink.ground;
    for (const [left, top] of markerPlaces(line, this.#content, size)) {
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
  #stroke(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, { x }: Line, values: Float64Array): void {
    const { x: xScale, y: yScale } = this.#content;
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
  #markClipped(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, { x, values, colour }: Line): void {
    const size = 3.5 * devicePixelRatio;
    ctx.fillStyle = colour;
    ctx.globalAlpha = 1;
    for (let i = 0; i < values.length; i++) {
      const at = this.#content.y.place(values[i] as number);
      const along = this.#content.x.place(x[i] as number);
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
  #markBroken(ctx: CanvasRenderingContext2D, bbox: uPlot.BBox, { x, values }: Line): void {
    const size = 4 * devicePixelRatio;
    ctx.fillStyle = alarm;
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      const left = bbox.left + this.#content.x.place(x[i] as number) * bbox.width;
      const foot = bbox.top + bbox.height - 1;
      ctx.beginPath();
      ctx.moveTo(left - size, foot);
      ctx.lineTo(left + size, foot);
      ctx.lineTo(left, foot - 2 * size);
      ctx.fill();
    }
  }
}

function isSmoothed({ values, smoothed }: Line): boolean {
  return smoothed.some((value, i) => value !== values[i] && Number.isFinite(value));
}

/** Wide enough for the longest label, about 6.2 pixels a character. */
function yAxisSize(labels: readonly string[] | null): number {
  const longest = Math.max(1, ...(labels ?? []).map((label) => label.length));
  return Math.ceil(longest * 6.4 + 14);
}
