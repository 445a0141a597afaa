/**
 * Steps wait for their batches.
 *
 * Alarm when batches took at least 20 % of the training's time, and 5 seconds: TensorFlow's profiler calls 5 % moderately
 * and 20 % highly input-bound (its input-pipeline analyser). Warning. `fit` records the seconds of a training in which it made
 * batches of samples that lie in the machine's memory; samples that stay on the device are gathered there, without
 * waiting. Other programs' logs do not say.
 */
import { shortNumber } from "../../base/table.js";
import { fitChange } from "../codeLine.js";
import type { Rule } from "../rule.js";
import { healthy, notEnough } from "../verdict.js";

export const shareThreshold = 0.2;
export const leastSeconds = 5;

export const slowInputPipeline: Rule = {
  problem: "SlowInputPipeline",
  judge(run) {
    const { inputSeconds, trainingSeconds } = run.run.record.environment;
    if (typeof inputSeconds !== "number" || typeof trainingSeconds !== "number")
      return notEnough("the seconds in which steps waited for their batches");
    const share = trainingSeconds > 0 ? inputSeconds / trainingSeconds : 0;
    if (inputSeconds < leastSeconds || share < shareThreshold) return healthy;
    const { batchSize } = run.run.record.config;
    return {
      kind: "verdict",
      verdict: {
        problem: "SlowInputPipeline",
        severity: "warning",
        message: `Steps waited ${shortNumber(inputSeconds, 3)} of ${shortNumber(trainingSeconds, 3)} seconds for their batches.`,
        evidence: [
          {
            what: "share of the time in which batches were made",
            value: 100 * share,
            threshold: 100 * shareThreshold,
            crossed: "at least",
            unit: " %",
          },
          {
            what: "seconds of it",
            value: inputSeconds,
            threshold: leastSeconds,
            crossed: "at least",
            unit: " s",
          },
        ],
        prescription: [
          {
            text: "Keep the samples smaller: up to 512 MB of a split stay on the device whole, and need no copying",
            code: "data.take(dataset, { train: 100_000 })",
          },
          { text: "Prepare inputs once, before training, rather than row by row" },
          ...(typeof batchSize === "number"
            ? [
                {
                  text: "A larger batch spends less on each row",
                  ...fitChange(run, { batchSize: 4 * batchSize }),
                },
              ]
            : []),
        ],
      },
    };
  },
};
