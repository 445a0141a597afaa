/** A card with one chart of scalars: its lines, what the mouse points at, and what one can do with it. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { SeriesQuestion } from "../source/pageSource.js";
import type { ScalarChart } from "../tagGroups.js";
import { brokenNote } from "./brokenNote.js";
import { CardHead } from "./cardHead.js";
import { chartContent, textOf } from "./chartContent.js";
import type { ChartsProps } from "./chartsProps.js";
import { FlagList } from "./flagList.js";
import { flagsOf } from "./flags.js";
import { LineChart, type LineChartEvents } from "./lineChart.js";
import { linesOf } from "./lines.js";
import { scalarDownloads } from "./scalarDownloads.js";
import { ink } from "./theme.js";
import { type Pointed, Tooltip } from "./tooltip.js";
import { useInSight } from "./useInSight.js";
import { useSeries } from "./useSeries.js";

export interface ScalarCardProps extends ChartsProps {
  readonly chart: ScalarChart;
  readonly title: string;
  /** What its axis counts. */
  readonly step: string;
  /** Width of the place where cards stand, in pixels. */
  readonly room: number;
  readonly pinned: boolean;
  readonly togglePin: () => void;
}

/** Pixels: as many cards in a row as are this wide at least, but enlarged ones, which fill it. */
const narrowest = 310;
const gap = 14;
const heights = { small: 220, large: 460 };
/** A card's padding and border. */
const frame = 22;
/** Points that a chart draws of all its series together, and of one at least. */
const drawn = 8_000;
const least = 60;

export function ScalarCard(props: ScalarCardProps) {
  const { source, chart, view, runs, colours, markers, theme, title, step, room } = props;
  const card = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<LineChart | undefined>(undefined);
  const inSight = useInSight(card);
  const [zoom, setZoom] = useState<readonly [number, number]>();
  const [big, setBig] = useState(false);
  const [pointed, setPointed] = useState<Pointed>();
  useEffect(() => setZoom(undefined), [view.x]);

  const outer = big ? room : cardWidth(room);
  const width = Math.max(200, outer - frame);
  const height = big ? heights.large : heights.small;
  const shown = useMemo(() => having(props), [props.catalogue, runs, chart.tags]);
  const range = zoom ?? rangeOf(view);
  const question: SeriesQuestion = {
    tags: chart.tags,
    runs: shown.labels,
    x: view.x,
    ...(range ? { range } : {}),
    points: Math.max(
      least,
      Math.min(Math.round(width * 1.5), Math.round(drawn / Math.max(1, shown.labels.length))),
    ),
  };
  const { answers, failure } = useSeries(source, inSight ? question : undefined, shown.state);
  const starts = useMemo(() => new Map(runs.map((run) => [run.label, run.start])), [runs]);
  const lines = useMemo(
    () =>
      linesOf(answers ?? [], {
        smoothing: view.smoothing,
        x: view.x,
        colours,
        markers,
        starts,
        tags: chart.tags,
      }),
    [answers, view.smoothing, view.x, colours, markers, starts, chart.tags],
  );
  const broken = useMemo(() => brokenNote(lines), [lines]);
  const flags = useMemo(() => flagsOf(lines, runs), [lines, runs]);
  const content = useMemo(
    () => chartContent(lines, { view, range, step, width, height, flags }),
    [lines, flags, view.x, view.y, view.outliers, range?.[0], range?.[1], step, width, height],
  );

  const events = useRef<LineChartEvents | undefined>(undefined);
  events.current = {
    zoomed: (from, to) => setZoom([content.x.value(from), content.x.value(to)]),
    reset: () => setZoom(undefined),
    pointed: (at) => setPointed(at && { ...at, position: content.x.value(at.x) }),
  };
  // In the frame in which it is asked for: an effect after it would come a frame later.
  useLayoutEffect(() => {
    if (!inSight || !place.current || answers === undefined) return;
    if (!plot.current) {
      const told = () => events.current as LineChartEvents;
      plot.current = new LineChart(place.current, {
        width,
        height,
        content,
        ink: ink(),
        events: {
          zoomed: (from, to) => told().zoomed(from, to),
          reset: () => told().reset(),
          pointed: (at) => told().pointed(at),
        },
      });
      return;
    }
    plot.current.resize(width, height);
    plot.current.show(content, ink());
  }, [inSight, content, width, height, theme, answers !== undefined]);
  useEffect(() => () => plot.current?.destroy(), []);

  return (
    <figure
      class={big ? "card scalar big" : "card scalar"}
      ref={card}
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys act on the card that has the focus
      tabIndex={0}
      data-tag={chart.tags[0]}
      style={{ width: `${outer}px` }}
    >
      <CardHead
        title={title}
        pinned={props.pinned}
        togglePin={props.togglePin}
        big={big}
        toggleBig={() => setBig(!big)}
        {...(zoom ? { resetZoom: () => setZoom(undefined) } : {})}
        downloads={scalarDownloads({
          title,
          source,
          question,
          picture: () => plot.current?.canvas,
          content,
          size: { width, height },
        })}
      />
      <div
        class="plot"
        ref={place}
        role="img"
        aria-label={textOf(title, lines, range)}
        style={{ minHeight: `${height}px` }}
      >
        {lines.length === 0 && (
          <p class="soft empty">{failure ?? (answers === undefined ? "" : "no points in this range")}</p>
        )}
      </div>
      {chart.tags.length > 1 && (
        <figcaption class="soft">
          <span class="stroke" /> {chart.sets[0]} <span class="stroke dashed" /> {chart.sets[1]}
        </figcaption>
      )}
      {broken !== "" && <figcaption class="soft broken">{broken}</figcaption>}
      <FlagList flags={flags} />
      {pointed && lines.length > 0 && (
        <Tooltip
          pointed={pointed}
          lines={lines}
          content={content}
          chart={chart}
          step={step}
          plotHeight={height}
        />
      )}
    </figure>
  );
}

function cardWidth(room: number): number {
  const columns = Math.max(1, Math.floor((room + gap) / (narrowest + gap)));
  return Math.floor((room - gap * (columns - 1)) / columns);
}

/** The runs that have one of the chart's tags, and what changes when one of them does. */
function having({ catalogue, runs, chart }: ScalarCardProps): { labels: string[]; state: string } {
  const places = new Set(chart.tags.map((tag) => catalogue.tags.indexOf(tag)));
  const found = runs.filter(({ tags }) => tags.some((place) => places.has(place)));
  return {
    labels: found.map(({ label }) => label),
    state: String(found.reduce((sum, { points }) => sum + points, 0)),
  };
}

/** The range of steps that the page's controls say, where the axis counts them. */
function rangeOf({ x, from, to }: ChartsProps["view"]): readonly [number, number] | undefined {
  if (x !== "step" || (from === undefined && to === undefined)) return undefined;
  return [from ?? 0, to ?? Number.MAX_SAFE_INTEGER];
}
