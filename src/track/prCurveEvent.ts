/**
 * A precision-recall curve as TensorBoard's plugin `pr_curves` wants it: DT_FLOAT [6, thresholds] of true positives, false
 * positives, true negatives, false negatives, precision and recall.
 * Source: tensorboard/plugins/pr_curve/summary.py, metadata.py and plugin_data.proto.
 */
import type { ThresholdCurve } from "../base/evaluationContent.js";
import { dataClass, dataType, tensor, value } from "./eventFields.js";
import { ProtoMessage } from "./protobuf.js";
import { type EventTime, pluginMetadata, shapeOf, summaryRecord } from "./summaryEvent.js";

export const prCurvePlugin = "pr_curves";

/** `PrCurvePluginData`; its version is 0. */
const prCurvePluginData = { thresholds: 2 } as const;

/** TensorBoard's: of no answers precision and recall are 0. */
const least = 1e-7;

export function prCurveEvent(tag: string, curve: ThresholdCurve, time: EventTime): Buffer {
  const rows = rowsOf(curve);
  const thresholds = curve.truePositives.length;
  const bytes = Buffer.alloc(rows.length * thresholds * 4);
  rows.forEach((row, i) => {
    row.forEach((number, k) => {
      bytes.writeFloatLE(number, (i * thresholds + k) * 4);
    });
  });
  const content = new ProtoMessage()
    .integer(tensor.dtype, dataType.float)
    .message(tensor.shape, shapeOf([rows.length, thresholds]))
    .bytes(tensor.content, bytes);
  const data = new ProtoMessage().integer(prCurvePluginData.thresholds, thresholds).encode();
  const message = new ProtoMessage()
    .string(value.tag, tag)
    .message(value.tensor, content)
    .message(value.metadata, pluginMetadata(prCurvePlugin, data, dataClass.tensor));
  return summaryRecord([message], time);
}

function rowsOf({ truePositives, falsePositives, positives, negatives }: ThresholdCurve): Float64Array[] {
  return [
    truePositives,
    falsePositives,
    falsePositives.map((count) => negatives - count),
    truePositives.map((count) => positives - count),
    truePositives.map((right, i) => right / Math.max(least, right + (falsePositives[i] as number))),
    truePositives.map((right) => right / Math.max(least, positives)),
  ];
}
