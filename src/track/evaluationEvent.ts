/**
 * An evaluation: for TensorBoard its metrics and confusion matrix as Markdown in the plugin `text`, for our readers all of
 * it as JSON in a field of ours.
 */
import type { EvaluationContent, EvaluationRecord } from "../base/evaluationContent.js";
import { evaluationJson } from "./evaluationJson.js";
import { dataClass, value } from "./eventFields.js";
import { type EventTime, stringsEvent } from "./summaryEvent.js";
import { markdownTable } from "./tableEvent.js";
import { textPlugin } from "./textEvent.js";

/** What knows how to be recorded, as the results of `evaluate` and `evaluateRegression` do. */
export interface EvaluationInput {
  toRecord(): EvaluationRecord;
}

/** Classes up to which the matrix stands in the text. */
const mostClasses = 30;

/** @throws TypeError if it is no evaluation. */
export function evaluationRecord(given: EvaluationInput, what: string): EvaluationRecord {
  if (typeof (given as Partial<EvaluationInput> | null | undefined)?.toRecord === "function")
    return given.toRecord();
  throw new TypeError(
    `${what}: it must be what evaluate or evaluateRegression returns; got ${given === null ? "null" : given instanceof Promise ? "a promise: await it" : typeof given}`,
  );
}

export function evaluationEvent(tag: string, { content, text }: EvaluationRecord, time: EventTime): Buffer {
  const plugin = { name: textPlugin, content: new Uint8Array() };
  const strings = [Buffer.from([text, ...matrixLines(content)].join("\n"), "utf8")];
  const own = { field: value.evaluation, content: Buffer.from(evaluationJson(content), "utf8") };
  return stringsEvent({ tag, plugin, dataClass: dataClass.tensor, strings, scalar: true, own }, time);
}

function matrixLines(content: EvaluationContent): string[] {
  if (content.kind !== "classification" || content.classNames.length > mostClasses) return [];
  const { classNames, counts } = content;
  const rows = counts.map((row, k) => [classNames[k] as string, ...row]);
  return ["", markdownTable({ columns: ["true \\ predicted", ...classNames], rows })];
}
