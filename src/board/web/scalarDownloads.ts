/** A chart of scalars as files: the picture as it is shown, the points as they were logged. */
import type { PageSource, SeriesAnswer, SeriesQuestion } from "../source/pageSource.js";
import type { Download } from "./cardHead.js";
import { csvText } from "./csvText.js";
import type { LineChartContent } from "./drawLines.js";
import { fileName, saveFile } from "./saveFile.js";
import { svgChart } from "./svgChart.js";
import { colourOf } from "./theme.js";

export interface DownloadOptions {
  readonly title: string;
  readonly source: PageSource;
  readonly question: SeriesQuestion;
  readonly content: LineChartContent;
  readonly size: { readonly width: number; readonly height: number };
  picture(): HTMLCanvasElement | undefined;
}

export function scalarDownloads(options: DownloadOptions): Download[] {
  const { title, content, size } = options;
  const name = (extension: string) => fileName(options.question.tags[0] ?? title, extension);
  return [
    {
      name: "SVG",
      run: async () => saveFile(name("svg"), svgChart(title, content, size), "image/svg+xml"),
    },
    { name: "PNG", run: async () => saveFile(name("png"), await pngOf(options)) },
    {
      name: "CSV",
      run: async () => saveFile(name("csv"), csvOf(await everyPoint(options)), "text/csv"),
    },
    {
      name: "JSON",
      run: async () => saveFile(name("json"), jsonOf(await everyPoint(options)), "application/json"),
    },
  ];
}

/** Without range and thinning. */
function everyPoint({ source, question }: DownloadOptions): Promise<readonly SeriesAnswer[]> {
  const { range: _, ...whole } = question;
  return source.ask("series", { ...whole, points: Number.MAX_SAFE_INTEGER });
}

function csvOf(answers: readonly SeriesAnswer[]): string {
  return csvText(["run", "tag", "step", "wallTime", "value"], rowsOf(answers));
}

function* rowsOf(answers: readonly SeriesAnswer[]): Generator<(string | number)[]> {
  for (const { run, tag, series } of answers)
    for (const [i, step] of series.steps.entries())
      yield [run, tag, step, series.wallTimes[i] as number, series.values[i] as number];
}

/** Values that JSON has no numbers for are texts. */
function jsonOf(answers: readonly SeriesAnswer[]): string {
  const number = (value: number) => (Number.isFinite(value) ? value : String(value));
  return JSON.stringify(
    answers.map(({ run, tag, series }) => ({
      run,
      tag,
      steps: [...series.steps],
      wallTimes: [...series.wallTimes],
      values: [...series.values].map(number),
    })),
  );
}

/** With the card's ground behind it. */
async function pngOf({ picture }: DownloadOptions): Promise<Blob> {
  const canvas = picture();
  if (!canvas) throw new Error("The chart is not drawn yet.");
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = colourOf("--card");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(canvas, 0, 0);
  return copy.convertToBlob({ type: "image/png" });
}
