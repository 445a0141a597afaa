/**
 * Where decoded texts, pictures and the like go.
 *
 * Invariants: points of a tag are in the order in which they were decoded; what is kept of each are places in files.
 */
import { audioPlugin } from "./audioEvent.js";
import { figurePlugin, figureTag } from "./figureEvent.js";
import { imagePlugin } from "./imageEvent.js";
import type { MediaParts } from "./mediaDecoder.js";
import { prCurvePlugin } from "./prCurveEvent.js";
import type {
  AudioPoint,
  EvaluationPoint,
  FigurePoint,
  FigureSpec,
  ImagePoint,
  PrCurvePoint,
  RunMedia,
  TablePoint,
  TextPoint,
} from "./runMedia.js";
import { StoredBytes } from "./storedBytes.js";
import { StoredEvaluation } from "./storedEvaluation.js";
import { StoredGraph } from "./storedGraph.js";
import { StoredJson } from "./storedJson.js";
import { StoredPrCurve } from "./storedPrCurve.js";
import { textPlugin } from "./textEvent.js";
import { waveFacts } from "./waveFile.js";

interface PointTime {
  readonly step: number;
  readonly wallTime: number;
}

/** Where bytes that were read lie in which file. */
export type Locate = (part: Buffer) => readonly [file: string, offset: number, length: number];

export class MediaSink {
  readonly #plugins = new Map<string, string>();
  readonly #texts = new Map<string, TextPoint[]>();
  readonly #images = new Map<string, ImagePoint[]>();
  readonly #audio = new Map<string, AudioPoint[]>();
  readonly #tables = new Map<string, TablePoint[]>();
  readonly #evaluations = new Map<string, EvaluationPoint[]>();
  readonly #figures = new Map<string, FigurePoint[]>();
  readonly #prCurves = new Map<string, PrCurvePoint[]>();
  #graph: StoredGraph | undefined;

  /** Takes what a value holds, if it is something that a run holds beside numbers, and says whether there was such a thing. */
  add(tag: string, parts: MediaParts, { time, locate }: { time: PointTime; locate: Locate }): boolean {
    if (parts.plugin !== undefined) this.#plugins.set(tag, parts.plugin);
    const { table, evaluation, oldImage, oldAudio, sixRows, strings = [] } = parts;
    const stored = (part: Buffer) => new StoredBytes(...locate(part));
    if (table) push(this.#tables, tag, { ...time, table: new StoredJson(...locate(table)) });
    else if (evaluation)
      push(this.#evaluations, tag, { ...time, evaluation: new StoredEvaluation(...locate(evaluation)) });
    else if (oldImage?.content) {
      const { width, height, content } = oldImage;
      this.#image(tag, { ...time, width, height, images: [stored(content)] });
    } else if (oldAudio) push(this.#audio, tag, { ...time, clips: [clip(oldAudio, stored)] });
    else if (sixRows && this.#plugins.get(tag) === prCurvePlugin)
      push(this.#prCurves, tag, { ...time, curve: new StoredPrCurve(...locate(sixRows)) });
    else if (strings.length > 0) this.#strings(tag, strings, { time, locate });
    else return false;
    return true;
  }

  #strings(
    tag: string,
    strings: readonly Buffer[],
    { time, locate }: { time: PointTime; locate: Locate },
  ): void {
    const stored = (part: Buffer) => new StoredBytes(...locate(part));
    const plugin = this.#plugins.get(tag);
    if (plugin === textPlugin) push(this.#texts, tag, { ...time, texts: strings.map(stored) });
    else if (plugin === audioPlugin)
      push(this.#audio, tag, { ...time, clips: strings.map((part) => clip(part, stored)) });
    else if (plugin === figurePlugin)
      for (const part of strings)
        push(this.#figures, figureTag(tag), { ...time, spec: new StoredJson<FigureSpec>(...locate(part)) });
    else if (plugin === imagePlugin) {
      const [width, height, ...images] = strings;
      const size = { width: Number(width), height: Number(height) };
      this.#image(tag, { ...time, ...size, images: images.map(stored) });
    }
  }

  /** The picture of a figure comes after it, when it was drawn. */
  #image(tag: string, point: ImagePoint): void {
    const figures = this.#figures.get(tag);
    const index = figures?.findLastIndex(({ step }) => step === point.step) ?? -1;
    if (figures?.[index]) figures[index] = { ...figures[index], picture: point };
    else push(this.#images, tag, point);
  }

  graph(definition: Buffer, locate: Locate): void {
    this.#graph = new StoredGraph(...locate(definition));
  }

  /** Without those that stand in an evaluation too. */
  #ownCurves(): Map<string, readonly PrCurvePoint[]> {
    const within = [...this.#evaluations.keys()].map((name) => `${name}/pr/`);
    return copied(
      new Map([...this.#prCurves].filter(([tag]) => !within.some((start) => tag.startsWith(start)))),
    );
  }

  /** As it is now; it does not change when more is added. */
  media(): RunMedia {
    return {
      texts: copied(this.#texts),
      images: copied(this.#images),
      audio: copied(this.#audio),
      tables: copied(this.#tables),
      evaluations: copied(this.#evaluations),
      figures: copied(this.#figures),
      prCurves: this.#ownCurves(),
      ...(this.#graph && { graph: this.#graph }),
    };
  }
}

function clip(part: Buffer, stored: (part: Buffer) => StoredBytes): AudioPoint["clips"][number] {
  return { file: stored(part), facts: waveFacts(part) };
}

function push<Point>(into: Map<string, Point[]>, tag: string, point: Point): void {
  const points = into.get(tag);
  if (points) points.push(point);
  else into.set(tag, [point]);
}

function copied<Point>(points: ReadonlyMap<string, readonly Point[]>): Map<string, readonly Point[]> {
  return new Map([...points].map(([tag, list]) => [tag, [...list]]));
}
