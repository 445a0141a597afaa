/** What every run is at the place the mouse points at. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { shortNumber } from "../../base/table.js";
import type { ScalarChart } from "../tagGroups.js";
import type { LineChartContent } from "./drawLines.js";
import { type Line, nearestPoint } from "./lines.js";
import { Swatch } from "./swatch.js";
import { type Size, tooltipPlace } from "./tooltipPlace.js";

export interface Pointed {
  readonly left: number;
  readonly top: number;
  /** 0 to 1 from the foot. */
  readonly y: number;
  /** On the horizontal axis, in its units. */
  readonly position: number;
}

/** Pixels of a card's title, and of what stands below its plot. */
const belowPlot = 44;

export interface TooltipProps {
  readonly pointed: Pointed;
  readonly lines: readonly Line[];
  readonly content: LineChartContent;
  readonly chart: ScalarChart;
  readonly step: string;
  readonly plotHeight: number;
}

interface Row {
  readonly line: Line;
  readonly index: number;
  /** Distance from the mouse along the vertical axis, 0 to 1. */
  readonly distance: number;
}

export function Tooltip({ pointed, lines, content, chart, step, plotHeight }: TooltipProps) {
  const rows = rowsOf(lines, pointed, content);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) settle(box.current, pointed, plotHeight + belowPlot);
  });
  if (rows.length === 0) return null;
  const nearest = rows.reduce((a, b) => (b.distance < a.distance ? b : a));
  const { line, index } = nearest;
  const paired = chart.tags.length > 1;
  return (
    <div class="tooltip" role="tooltip" ref={box}>
      <p>
        {step} {line.steps[index]} · {timeText(line.wallTimes[index] as number)}
      </p>
      <table>
        <thead>
          <tr>
            <th>run</th>
            {paired && <th>set</th>}
            <th>smoothed</th>
            <th>value</th>
            <th>{step}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.line.run} ${row.line.tag}`} class={row === nearest ? "nearest" : ""}>
              <td>
                <Swatch colour={row.line.colour} marker={row.line.marker} /> {row.line.run}
              </td>
              {paired && <td>{chart.sets[row.line.dashed ? 1 : 0]}</td>}
              <td>{shortNumber(row.line.smoothed[row.index] as number, 5)}</td>
              <td>{shortNumber(row.line.values[row.index] as number, 6)}</td>
              <td>{row.line.steps[row.index]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Puts it where the window has room for it: how large it is shows only once it stands there. */
function settle(box: HTMLDivElement, pointed: Pointed, below: number): void {
  const card = box.closest(".card");
  if (!card) return;
  const plot = card.querySelector(".u-over")?.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const head = document.querySelector("header")?.getBoundingClientRect();
  const place = tooltipPlace({
    card: card.getBoundingClientRect(),
    pointer: { left: (plot?.left ?? 0) + pointed.left, top: (plot?.top ?? 0) + pointed.top },
    wide: sizeOf(box, ""),
    narrow: sizeOf(box, "0"),
    below,
    window: { width, height },
    covered: Math.max(0, head?.bottom ?? 0),
  });
  box.style.minWidth = place.isNarrow ? "0" : "";
  box.style.left = `${place.left}px`;
  box.style.top = `${place.top}px`;
}

function sizeOf(box: HTMLDivElement, minWidth: string): Size {
  box.style.minWidth = minWidth;
  const { width, height } = box.getBoundingClientRect();
  return { width, height };
}

/** Greatest value first, as the lines lie on the chart. */
function rowsOf(lines: readonly Line[], pointed: Pointed, { x, y }: LineChartContent): Row[] {
  const slack = 1e-9 * Math.abs(x.value(1) - x.value(0));
  const domain = [x.value(0) - slack, x.value(1) + slack] as const;
  return lines
    .flatMap((line): Row[] => {
      const index = nearestPoint(line, pointed.position, domain);
      if (index < 0) return [];
      const distance = Math.abs(y.place(line.smoothed[index] as number) - pointed.y);
      return [{ line, index, distance: Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance }];
    })
    .sort((a, b) => (b.line.smoothed[b.index] as number) - (a.line.smoothed[a.index] as number));
}

function timeText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
