import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Column } from "./columns.js";
import { bytesOf, columnRows, gatherRows, inputRows, type Split, split } from "./split.js";

/** A split of some of another's samples, in the order of `places`; one that is kept as bytes stays so. */
export function rowsOf(whole: Split, places: Int32Array): Split {
  const { name, inputShape, targetShape, taken } = whole;
  const y = gatherRows(whole.y as Float32Array, sizeOfShape(targetShape), places);
  const bytes = bytesOf(whole);
  if (bytes)
    return split(name, {
      bytes: gatherRows(bytes, sizeOfShape(inputShape), places),
      y,
      inputShape,
      targetShape,
    });
  const columns = whole.columns && columnRows(whole.columns, places);
  return split(name, {
    x: columns ? ((columns.inputs[0] as Column).values as Float32Array) : inputRows(whole, places),
    y: columns ? (columns.targets[0] as Column).values : y,
    inputShape,
    targetShape,
    ...(columns && { columns }),
    ...(taken && { taken }),
  });
}
