/** The part of a run that records what is no number: texts, pictures, sounds, tables, charts, a model's graph. */
import { pngSize } from "../base/png.js";
import type { PictureSplit } from "../base/splitPictures.js";
import { audioEvent } from "./audioEvent.js";
import type { EvaluationInput } from "./evaluationEvent.js";
import { evaluationParts } from "./evaluationParts.js";
import { figureDrawer } from "./figureDrawer.js";
import { type FigureInput, figureEvent, figureJson } from "./figureEvent.js";
import { graphEvent } from "./graphEvent.js";
import { imageEvent } from "./imageEvent.js";
import { type ModelLike, modelGraph } from "./modelGraph.js";
import { type ImageInput, picturesOf } from "./pictures.js";
import type { FigureSpec } from "./runMedia.js";
import { type AudioInput, type AudioOptions, soundOf } from "./sounds.js";
import type { EventTime } from "./summaryEvent.js";
import { type TableRows, tableContent, tableEvent } from "./tableEvent.js";
import { textEvent } from "./textEvent.js";

/** One event of more bytes is refused: TensorBoard holds each it reads in memory. */
export const mostEventBytes = 64 * 2 ** 20;

/** What is recorded, for messages: `text "notes"`. */
export interface MediaPlace {
  /** The name of the method. */
  readonly what: string;
  readonly tag: string;
  /** Without it, one after the tag's last, but no lower than the highest step that was logged. */
  readonly step: number | undefined;
}

export interface EvaluationOptions {
  readonly name?: string;
  readonly step?: number;
  /** The split that was evaluated, of pictures: those with the worst answers are recorded too. */
  readonly images?: PictureSplit;
}

/** A framed record that was checked and is not written yet. */
export interface PreparedEvent {
  readonly step: number;
  readonly write: () => void;
}

interface PreparedFigure {
  readonly tag: string;
  readonly json: string;
  readonly step: number | undefined;
}

/** So many figures of a run wait to be drawn; more are recorded without a picture. */
const mostDrawn = 8;

/** What TensorBoard calls the series of a run's graphs. */
const graphTag = "__run_graph__";

export abstract class MediaWriter {
  #drawn = 0;

  abstract get finished(): boolean;

  /** Tells in a sentence what could not be recorded, and keeps it with the run. */
  abstract problem(sentence: string): void;

  abstract log(values: Readonly<Record<string, number>>, step?: number): void;

  /** Checks the place and makes the framed record. */
  protected abstract prepare(place: MediaPlace, encode: (time: EventTime) => Buffer): PreparedEvent;

  /** How many values there are. Throws as `log` would. */
  protected abstract checkLog(values: Readonly<Record<string, number>>, step: number): number;

  /** Writes an event and says at which step. */
  protected write(place: MediaPlace, encode: (time: EventTime) => Buffer): number {
    const { step, write } = this.prepare(place, encode);
    write();
    return step;
  }

  /**
   * Records a text, which TensorBoard shows as Markdown: `run.text("notes", "**why**: the rate was halved", 100)`.
   *
   * Throws a `TypeError` if it is no text, a `RangeError` if it is empty or over 64 MB, or for a bad step.
   *
   * @param step Non-negative integer; without it, one after this tag's last, but no lower than the highest step logged.
   */
  text(tag: string, markdown: string, step?: number): void {
    this.write({ what: "text", tag, step }, (time) => textEvent(tag, markdown, time));
  }

  /**
   * Records a picture, or several of one size.
   *
   * Throws a `TypeError` for another kind or shape, a `RangeError` for values out of bounds, NaN too, or over 64 MB, a
   * `SyntaxError` for bytes that are no whole PNG.
   *
   * @param image A tensor [height, width], [height, width, channels] or [n, height, width, channels] with 1 (grey), 2 (grey
   *   and alpha), 3 or 4 channels: float32 from 0 to 1, int32 from 0 to 255, or bool; pixels `{ width, height, data }` with
   *   a Uint8Array from 0 to 255 or a Float32Array from 0 to 1; or the bytes of a PNG file.
   * @param step As of `text`.
   * @example run.image("first", { width: 28, height: 28, data: mnist.train.x.subarray(0, 784) });
   */
  image(tag: string, image: ImageInput, step?: number): void {
    this.write({ what: "image", tag, step }, (time) =>
      imageEvent(tag, picturesOf(image, `image ${JSON.stringify(tag)}`), time),
    );
  }

  /**
   * Records a sound, as a WAV file of 16 bits.
   *
   * Throws a `TypeError` for another kind or shape, a `RangeError` for values out of bounds, NaN too, or over 64 MB.
   *
   * @param samples Floats from −1 to 1 (a Float32Array, a list, a tensor [frames] or [frames, channels]) or an Int16Array.
   * @param options `sampleRate` in hertz, a whole number from 1 to 768,000.
   * @param step As of `text`.
   */
  audio(tag: string, samples: AudioInput, options: AudioOptions, step?: number): void {
    this.write({ what: "audio", tag, step }, (time) =>
      audioEvent(tag, soundOf(samples, options, `audio ${JSON.stringify(tag)}`), time),
    );
  }

  /**
   * Records a table. TensorBoard shows its first 100 rows; `readRun` gives all of it.
   *
   * Throws a `TypeError` unless `rows` is a list of objects, a `RangeError` if there is nothing in it or over 64 MB.
   *
   * @param rows Objects; what one of them lacks is left empty. Numbers, texts and booleans are kept, other values as a
   *   run's configuration keeps them.
   * @param step As of `text`.
   * @example run.table("wrong", [{ index: 18, label: 3, predicted: 8 }, { index: 62, label: 9, predicted: 5 }]);
   */
  table(tag: string, rows: TableRows, step?: number): void {
    this.write({ what: "table", tag, step }, (time) =>
      tableEvent(tag, tableContent(rows, `table ${JSON.stringify(tag)}`), time),
    );
  }

  /**
   * Records what `evaluate` or `evaluateRegression` returned: its metrics as scalars `NAME/accuracy`, …, its PR curves
   * (`NAME/pr/CLASS`), confusion matrix and chart as TensorBoard shows them, and all of it for the board's kind
   * `evaluation`. The promise is fulfilled when the chart is drawn as a picture, as of `figure`.
   *
   * @param options `name` tells several apart, such as `test`; default `evaluation`. `step` as of `text`. `images`,
   *   the split that was evaluated, records the 16 worst mistakes as pictures `NAME/mistakes`, and in a table
   *   `NAME/mistakes/labels` what they are and were taken for. Values from 0 to 1 and whole numbers from 0 to 255 are drawn
   *   as they are; of others the least of these pictures is black, the greatest white.
   * @example await run.evaluation(await evaluate(model, mnist.validation), { name: "validation", step: 100 });
   * All of it is checked before any is recorded. The promise is rejected with a `TypeError` if it is no evaluation, a tag is
   * of another kind, or `images` is no split of pictures; with a `RangeError` for a bad step, a name that is empty or too
   * long, a split of another size, values of pictures that are not finite, or a part over 64 MB; with an `Error` if the run
   * is finished.
   */
  async evaluation(evaluation: EvaluationInput, options: EvaluationOptions = {}): Promise<void> {
    const { name = "evaluation", step: given, images } = options;
    const { events, scalars, figures } = evaluationParts(evaluation, { name, images });
    const [own, ...others] = events;
    const first = this.prepare({ what: own.what, tag: own.tag, step: given }, own.encode);
    const { step } = first;
    const rest = others.map(({ what, tag, encode }) => this.prepare({ what, tag, step }, encode));
    const specs = figures.map((figure) => this.#prepareFigure({ ...figure, step }));
    this.checkLog(scalars, step);
    for (const { write } of [first, ...rest]) write();
    this.log(scalars, step);
    await Promise.all(specs.map((record) => record()));
  }

  /**
   * Records a chart of Vega-Lite. It is drawn as a picture for TensorBoard by another thread; the promise is fulfilled when
   * that is done, and need not be awaited: of a run that ends before, the specification is there, and no picture. Nor have
   * figures one that come faster than they are drawn.
   *
   * Throws a `TypeError` if it is no such specification, a `RangeError` if it is over 64 MB. The promise never rejects: why
   * a chart could not be drawn stands among the run's problems.
   *
   * @param spec The specification, with its data; or a builder of vega-lite-api.
   * @param step As of `text`.
   * @example await run.figure("errors", { data: { values: [{ a: 1, b: 2 }] }, mark: "bar", encoding: { x: { field: "a" } } });
   */
  figure(tag: string, spec: FigureInput, step?: number): Promise<void> {
    const json = figureJson(spec, `figure ${JSON.stringify(tag)}`);
    return this.#prepareFigure({ tag, json, step })();
  }

  /** What records it. */
  #prepareFigure({ tag, json, step: given }: PreparedFigure): () => Promise<void> {
    const { step, write } = this.prepare({ what: "figure", tag, step: given }, (time) =>
      figureEvent(tag, json, time),
    );
    return () => {
      write();
      return this.#draw({ tag, json, step });
    };
  }

  async #draw({ tag, json, step }: { tag: string; json: string; step: number }): Promise<void> {
    const draw = figureDrawer();
    if (!draw || this.#drawn >= mostDrawn) return;
    this.#drawn++;
    try {
      const file = await draw(JSON.parse(json) as FigureSpec);
      if (this.finished) return;
      const picture = { ...pngSize(file), files: [file] };
      this.write({ what: "figure", tag, step }, (time) => imageEvent(tag, picture, time));
    } catch (error) {
      this.problem(`figure ${JSON.stringify(tag)} has no picture: ${(error as Error).message}`);
    } finally {
      this.#drawn--;
    }
  }

  /**
   * Records which layers a model has and how they are connected, with their shapes and numbers of parameters. `fit` does
   * it by itself.
   *
   * Throws a `TypeError` if it is no model with layers.
   */
  graph(model: ModelLike): void {
    const nodes = modelGraph(model);
    this.write({ what: "graph", tag: graphTag, step: 0 }, ({ wallTime }) => graphEvent(nodes, wallTime));
  }
}

/** @throws RangeError if `record` is larger than an event may be. */
export function checkEventSize({ what, tag }: MediaPlace, record: Buffer): void {
  if (record.length <= mostEventBytes) return;
  throw new RangeError(
    `${what} ${JSON.stringify(tag)}: what is recorded at once must be at most 64 MB; got ${(record.length / 2 ** 20).toFixed(1)} MB; run.artifact keeps larger files`,
  );
}
