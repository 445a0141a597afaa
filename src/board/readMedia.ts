/** Reads from a run's files what a board shows beside numbers. */
import type { BoardKind } from "../base/boardKinds.js";
import { tags } from "../base/tags.js";
import type { RunData } from "../track/runData.js";
import type { ImagePoint, TextPoint } from "../track/runMedia.js";
import { type BoardMedia, type BoardPictures, type BoardTexts, mediaKinds } from "./boardMedia.js";
import { spread } from "./downsample.js";
import { drawnPicture } from "./drawnPicture.js";
import { evaluationsOf } from "./readEvaluations.js";
import { figuresOf } from "./readFigures.js";
import { labelledPictures } from "./readLabels.js";
import { prCurvesOf } from "./readPrCurves.js";
import { soundsOf } from "./readSounds.js";
import { tableOf } from "./readTables.js";

/** Most that is read of a tag. */
const most = { texts: 3, steps: 8, ofAStep: 4 } as const;

/**
 * Undefined where no such kind is asked for.
 *
 * @throws Error where a file was cut since the run was read.
 */
export function readMedia(data: RunData, kinds: readonly BoardKind[] = []): BoardMedia | undefined {
  if (!mediaKinds.some((kind) => kinds.includes(kind))) return undefined;
  const { graph } = data;
  return {
    texts: kinds.includes("text") ? mapped(data.texts, textsOf) : new Map(),
    images: imagesOf(data, kinds),
    ...(kinds.includes("images") && { figures: mapped(data.figures, figuresOf) }),
    ...(kinds.includes("evaluation") && { evaluations: mapped(data.evaluations, evaluationsOf) }),
    ...(data.prCurves.size > 0 &&
      kinds.includes("evaluation") && { prCurves: mapped(data.prCurves, prCurvesOf) }),
    ...(kinds.includes("tables") && { tables: mapped(data.tables, tableOf) }),
    ...(kinds.includes("audio") && { audio: mapped(data.audio, soundsOf) }),
    ...(graph && kinds.includes("graph") && { graph: graph.nodes() }),
  };
}

/** With evaluations come the pictures of their mistakes. */
function imagesOf(
  { images, tables, evaluations }: RunData,
  kinds: readonly BoardKind[],
): BoardMedia["images"] {
  const ofMistakes = new Set([...evaluations.keys()].map(tags.mistakes));
  const wanted = kinds.includes("images")
    ? [...images]
    : [...images].filter(([tag]) => kinds.includes("evaluation") && ofMistakes.has(tag));
  return new Map(
    wanted.map(([tag, points]) => [
      tag,
      labelledPictures(points, tables.get(`${tag}/labels`)) ?? picturesOf(points),
    ]),
  );
}

function mapped<A, B>(of: ReadonlyMap<string, A>, made: (value: A) => B): Map<string, B> {
  return new Map([...of].map(([tag, value]) => [tag, made(value)]));
}

function textsOf(points: readonly TextPoint[]): BoardTexts {
  const shown = points.slice(-most.texts).reverse();
  return {
    shown: shown.map(({ step, texts }) => ({ step, text: texts.map((text) => text.text()).join("\n") })),
    count: points.length,
  };
}

function picturesOf(points: readonly ImagePoint[]): BoardPictures {
  const sizes = new Set(points.map(({ width, height }) => `${width} × ${height} px`));
  return {
    shown: spread(points, most.steps).map((point) => ({
      step: point.step,
      pictures: point.images.slice(0, most.ofAStep).map((stored) => drawnPicture(stored, point)),
    })),
    count: points.length,
    most: points.reduce((largest, { images }) => Math.max(largest, images.length), 0),
    size: sizes.size === 1 ? ([...sizes][0] as string) : "",
  };
}
