/** What panels give and the board puts together. */
import type { CardContent } from "./cardContent.js";
import type { Spec } from "./inlineData.js";
import { written } from "./look.js";
import type { BoardSettings } from "./options.js";
import type { XAxis } from "./series.js";
import { wrapped } from "./wrapped.js";
import type { YMode } from "./yScale.js";

/** The charts of a card at each of several steps, oldest first: a page lets choose, where others show the newest. */
export interface CardSteps {
  /** Of what, such as `baseline: confusion matrix`. */
  readonly name: string;
  readonly steps: readonly number[];
  readonly specs: readonly Spec[];
  /** How many steps there are, where not all have room. */
  readonly of?: number;
}

/** Charts that belong together, side by side under one title. */
export interface Section {
  readonly title: string;
  /** Vega-Lite views. */
  readonly cards: readonly Spec[];
  /** What a page shows in the place of a chart, by its place in `cards`. */
  readonly contents?: readonly (CardContent | undefined)[];
  /** What a page lets choose from, by the place in `cards` of the newest. */
  readonly steps?: readonly (CardSteps | undefined)[];
  /** What the doctor says on a chart, a line a verdict, by the chart's place in `cards`. */
  readonly verdicts?: readonly (readonly string[])[];
  /** Charts in a row: a row is about 860 px wide. */
  readonly columns: number;
  /** The charts have one scale of colours and one legend. */
  readonly sharedColours?: boolean;
}

/** How panels draw. */
export interface PanelStyle {
  /** Undefined: as the number of points asks for. */
  readonly smoothing: number | undefined;
  readonly x: XAxis;
  /** Most points to draw of one series. */
  readonly points: number;
  /** Most steps to draw of one tag's histograms. */
  readonly histogramSteps: number;
  /** With selections and tooltips; false for still pictures, where they would only cost bytes. */
  readonly interactive: boolean;
  /** With a slider of steps where a card shows one of several. */
  readonly stepSlider?: boolean;
  readonly y: YMode;
  /** Whether scalars of several runs have a tooltip of every run; else of one point. */
  readonly everyRun?: boolean;
  /** Whether scalars carry each level of smoothing, which `smoothingChoice` picks. */
  readonly levels?: boolean;
  readonly outliers?: BoardSettings["outliers"];
  readonly histograms?: BoardSettings["histograms"];
  /** Inner size of a chart, three in a row. */
  readonly card: { readonly width: number; readonly height: number };
  /** Inner size of a chart, two in a row. */
  readonly half: { readonly width: number; readonly height: number };
  /** From the left edge of the first chart of a row to the right edge of the last. */
  readonly row: number;
}

/** For a notebook, whose output is about 900 pixels wide. */
export const notebookSize = {
  card: { width: 216, height: 134 },
  half: { width: 352, height: 190 },
  row: 800,
} as const;

/** The selection that clicks on the legend of runs fill. Charts that obey it name one view `<prefix>_runs`. */
export const runSelection = "pickedRuns";
export const runsView = (id: string) => `${id}_runs`;

/** The place of the one that is chosen among the levels of smoothing. */
export const smoothingChoice = "smoothingLevel";

/** `faint` for marks of runs not picked in the legend. */
export function pickedOpacity(style: PanelStyle, strong: number, faint: number): Spec {
  return style.interactive
    ? { condition: { param: runSelection, value: strong }, value: faint }
    : { value: strong };
}

/** A selection's name has to be an identifier; it also names parts of the drawing, so it must be stable. */
export function viewId(panel: string, index: number): string {
  return `${panel}_${index}`;
}

export function chartTitle(text: string, subtitle?: string | readonly string[]): Spec {
  return {
    text,
    ...(subtitle !== undefined && subtitle.length > 0 ? { subtitle, subtitleFontSize: 10 } : {}),
    limit: 250,
  };
}

/** Pixels of a letter and of a line of a sentence. */
const letter = 6.2;
const line = 15;

/** A sentence in place of a chart, or several, each in as many lines as a row's width makes of it. */
export function mutedLine(text: string | readonly string[], { row }: Pick<PanelStyle, "row">): Spec {
  const lines = [text].flat().flatMap((sentence: string) => wrapped(sentence, Math.floor(row / letter)));
  return {
    mark: {
      ...{ type: "text", style: written, align: "left", baseline: "top" },
      ...{ x: 0, y: 0, fontSize: 11, lineHeight: line, limit: row },
    },
    data: { values: [{}] },
    encoding: { text: { value: lines.length === 1 ? lines[0] : lines } },
    width: row,
    height: Math.max(2, lines.length) * line,
  };
}
