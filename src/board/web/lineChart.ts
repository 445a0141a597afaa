/** One chart of lines on a canvas: uPlot lays it out, draws axes and watches the mouse; lines are drawn in one go. */
import uPlot from "uplot";
import { drawLines, type Ink, type LineChartContent } from "./drawLines.js";

export interface LineChartEvents {
  /** Places on the axis, 0 to 1, between which the person has dragged. */
  zoomed(from: number, to: number): void;
  reset(): void;
  /** In pixels from the plot's left and top, and 0 to 1 on the axes; undefined when the mouse has left. */
  pointed(at: { left: number; top: number; x: number; y: number } | undefined): void;
}

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
    drawLines({ ctx, bbox, content: this.#content, ink: this.#ink });
  }
}

/** Wide enough for the longest label, about 6.2 pixels a character. */
function yAxisSize(labels: readonly string[] | null): number {
  const longest = Math.max(1, ...(labels ?? []).map((label) => label.length));
  return Math.ceil(longest * 6.4 + 14);
}
