import { counted } from "../base/counted.js";
import type { EvaluationRecord, RegressionContent } from "../base/evaluationContent.js";
import type { MimeBundle } from "../base/host.js";
import { inspectInstances } from "../base/inspection.js";
import { mean } from "../base/mean.js";
import { shortNumber } from "../base/table.js";
import { chartBundle } from "../board/chart.js";
import { evaluationChart } from "../board/evaluationChart.js";

/** So many points are drawn and recorded. */
const mostPoints = 1000;

/**
 * How far a regression is from its targets. Shows itself as a chart: what was predicted against what is true.
 *
 * Invariant: `targets` and `predictions` are [n, outputs], row by row.
 */
export class RegressionEvaluation {
  /** Mean of (prediction − target)², over samples and outputs. */
  readonly meanSquaredError: number;
  /** Its square root, in the targets' unit. */
  readonly rootMeanSquaredError: number;
  /** Mean of |prediction − target|, in the targets' unit. */
  readonly meanAbsoluteError: number;
  /**
   * 1 − Σ(prediction − target)² / Σ(target − mean)², at most 1, the mean over outputs. As scikit-learn's `r2_score`: of an
   * output whose targets are all equal 1 if they are met, else 0.
   */
  readonly r2: number;
  /** Number of samples. */
  readonly size: number;

  constructor(
    readonly targets: Float32Array,
    readonly predictions: Float32Array,
    /** Numbers a sample. */
    readonly outputs: number,
  ) {
    this.size = targets.length / outputs;
    const errors = Float64Array.from(predictions, (said, i) => said - (targets[i] as number));
    this.meanSquaredError = mean(errors.map((error) => error * error));
    this.rootMeanSquaredError = Math.sqrt(this.meanSquaredError);
    this.meanAbsoluteError = mean(errors.map(Math.abs));
    this.r2 = mean(Float64Array.from({ length: outputs }, (_, k) => this.#determination(k)));
  }

  #determination(output: number): number {
    const { size, outputs, targets, predictions } = this;
    const column = (of: Float32Array) =>
      Float64Array.from({ length: size }, (_, i) => of[i * outputs + output]!);
    const [true_, said] = [column(targets), column(predictions)];
    const middle = mean(true_);
    const left = mean(true_.map((value, i) => (value - said[i]!) ** 2));
    const spread = mean(true_.map((value) => (value - middle) ** 2));
    return spread === 0 ? Number(left === 0) : 1 - left / spread;
  }

  toString(): string {
    const { meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2 } = this;
    const shown = { MSE: meanSquaredError, RMSE: rootMeanSquaredError, MAE: meanAbsoluteError, "R²": r2 };
    const metrics = Object.entries(shown).map(([name, value]) => `${name} ${shortNumber(value)}`);
    return `${metrics.join(", ")} on ${counted(this.size, "sample")}`;
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    return chartBundle(evaluationChart(this.#content(), this.toString()), this.toString());
  }

  /** What a run records of it. */
  toRecord(): EvaluationRecord {
    const content = this.#content();
    const { meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2 } = content;
    return {
      content,
      text: this.toString(),
      scalars: { meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2 },
      thresholdCurves: [],
      charts: { predicted: evaluationChart(content, this.toString()) },
    };
  }

  #content(): RegressionContent {
    const { size, meanSquaredError, rootMeanSquaredError, meanAbsoluteError, r2 } = this;
    const { outputs } = this;
    // Whole samples, so that every output is met alike.
    const count = Math.max(1, Math.min(size, Math.floor(mostPoints / outputs)));
    const points = Array.from({ length: count * outputs }, (_, k): [number, number] => {
      const sample = Math.floor((Math.floor(k / outputs) * size) / count);
      const i = sample * outputs + (k % outputs);
      return [this.targets[i]!, this.predictions[i]!];
    });
    return {
      kind: "regression",
      size,
      meanSquaredError,
      rootMeanSquaredError,
      meanAbsoluteError,
      r2,
      points,
    };
  }
}

inspectInstances(RegressionEvaluation);
