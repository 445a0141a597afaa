/** What a model loses that always gives the same answer, the best there is: learning from inputs begins below it. */
import { mean } from "../base/mean.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { TargetColumn } from "../data/columns.js";
import type { Loss } from "./loss.js";

export interface ConstantLossOf {
  readonly target: Pick<TargetColumn, "values" | "shape" | "classes">;
  /** Places in the target's values. */
  readonly rows: Int32Array;
  /** Share by which targets are moved towards no class in particular, in [0, 1). */
  readonly smoothing: number;
}

/**
 * Mean loss over some rows. Of a cross-entropy the entropy of their labels in nats, of binary cross-entropy the mean of that
 * of its columns, of the squared error the mean of the columns' variances.
 *
 * @returns undefined of a person's own loss
 */
export function constantLoss(loss: Loss, { target, rows, smoothing }: ConstantLossOf): number | undefined {
  if (loss.own !== undefined) return undefined;
  const columns = columnsOf(target, rows);
  const moved = loss.smooths ? smoothing : 0;
  const { classes = 2 } = target;
  switch (loss.name) {
    case "crossEntropy":
      return entropy(shares(columns.flat(), classes).map((share) => (1 - moved) * share + moved / classes));
    case "binaryCrossEntropy":
      return mean(
        columns.map((values) => {
          const share = (1 - moved) * mean(values) + moved / 2;
          return entropy([share, 1 - share]);
        }),
      );
    default:
      return mean(columns.map(variance));
  }
}

function columnsOf({ values, shape }: ConstantLossOf["target"], rows: Int32Array): number[][] {
  const width = sizeOfShape(shape);
  return Array.from({ length: width }, (_, column) =>
    Array.from(rows, (row) => values[row * width + column]!),
  );
}

function shares(labels: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => count / labels.length);
}

function entropy(shares: readonly number[]): number {
  return shares.reduce((sum, share) => (share === 0 ? sum : sum - share * Math.log(share)), 0);
}

function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}
