/** All that an evaluation is recorded as, made before any of it is written. */

import type { PictureSplit } from "../base/splitPictures.js";
import { tags } from "../base/tags.js";
import { type EvaluationInput, evaluationEvent, evaluationRecord } from "./evaluationEvent.js";
import { figureJson } from "./figureEvent.js";
import { imageEvent } from "./imageEvent.js";
import { mistakePictures } from "./mistakePictures.js";
import { prCurveEvent } from "./prCurveEvent.js";
import type { EventTime } from "./summaryEvent.js";
import { tableEvent } from "./tableEvent.js";

export interface EvaluationPart {
  /** What it is, for messages. */
  readonly what: string;
  readonly tag: string;
  readonly encode: (time: EventTime) => Buffer;
}

export interface EvaluationParts {
  /** The evaluation itself is the first. */
  readonly events: readonly [EvaluationPart, ...EvaluationPart[]];
  readonly scalars: Readonly<Record<string, number>>;
  /** Specifications of Vega-Lite as JSON. */
  readonly figures: readonly { readonly tag: string; readonly json: string }[];
}

/** Throws as `MediaWriter.evaluation` rejects, but for what has to do with the run. */
export function evaluationParts(
  evaluation: EvaluationInput,
  { name, images }: { readonly name: string; readonly images: PictureSplit | undefined },
): EvaluationParts {
  const what = `evaluation ${JSON.stringify(name)}`;
  const record = evaluationRecord(evaluation, what);
  const own: EvaluationPart = {
    what: "evaluation",
    tag: name,
    encode: (time) => evaluationEvent(name, record, time),
  };
  const curves = record.thresholdCurves.map((curve) => {
    const tag = `${name}/pr/${curve.name}`;
    return { what: "PR curve", tag, encode: (time: EventTime) => prCurveEvent(tag, curve, time) };
  });
  const mistakes = images === undefined ? undefined : mistakePictures(record.content, images, what);
  return {
    events: [own, ...curves, ...(mistakes ? mistakeParts(tags.mistakes(name), mistakes) : [])],
    scalars: Object.fromEntries(
      Object.entries(record.scalars).map(([metric, value]) => [`${name}/${metric}`, value]),
    ),
    figures: Object.entries(record.charts).map(([chart, spec]) => {
      const tag = `${name}/${chart}`;
      return { tag, json: figureJson(spec, `figure ${JSON.stringify(tag)}`) };
    }),
  };
}

function mistakeParts(
  tag: string,
  { pictures, labels }: NonNullable<ReturnType<typeof mistakePictures>>,
): EvaluationPart[] {
  const table = `${tag}/labels`;
  return [
    { what: "image", tag, encode: (time) => imageEvent(tag, pictures, time) },
    { what: "table", tag: table, encode: (time) => tableEvent(table, labels, time) },
  ];
}
