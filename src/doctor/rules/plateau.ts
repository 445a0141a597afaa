/**
 * The training loss fell at first and then stayed, in a run that learns badly.
 *
 * A remark (info), no alarm: a loss that stays may have arrived. Said when the loss fell by at least 5 % (else it is
 * LossNotDecreasing), its lowest value of the second half of at least 10 epochs is less than 1 % below that of the first
 * half (AUTOTRAINER's slow convergence: less than 0.01 gained), the rate was not lowered tenfold meanwhile, and the
 * accuracy is below 0.7, or the loss without an accuracy above half of the first.
 */
import { shortNumber } from "../../base/table.js";
import { tags } from "../../base/tags.js";
import { accuracyGate } from "../accuracyGate.js";
import { rateAtEndOf } from "../curves.js";
import { changedRate } from "../rateChange.js";
import type { Rule } from "../rule.js";
import { healthy, notEnough } from "../verdict.js";

export const gainThreshold = 0.01;
export const fallThreshold = 0.05;
const leastEpochs = 10;
const decay = 10;

export const plateau: Rule = {
  problem: "Plateau",
  judge(run) {
    const losses = run.epochs("loss");
    if (losses.length < leastEpochs) return notEnough(`the loss of at least ${leastEpochs} epochs`);
    if (!losses.every(Number.isFinite)) return notEnough("finite losses");
    const half = losses.length >> 1;
    const [first, before, after] = [
      losses[0] as number,
      Math.min(...losses.slice(0, half)),
      Math.min(...losses.slice(half)),
    ];
    const gain = (before - after) / Math.abs(before);
    if (!(first > 0) || gain >= gainThreshold || first - before < fallThreshold * first) return healthy;
    const [rate, last] = [rateAtEndOf(run, half), rateAtEndOf(run, losses.length)];
    if (rate !== undefined && last !== undefined && last * decay <= rate) return healthy;
    const gate = accuracyGate(run);
    const isLow =
      run.epochs("accuracy").length + run.epochs("valAccuracy").length > 0
        ? gate.learns === "badly"
        : before > first / 2;
    if (!isLow) return healthy;
    const epoch = losses.indexOf(before) + 1;
    return {
      kind: "verdict",
      verdict: {
        problem: "Plateau",
        severity: "info",
        message: `The loss stays at ${shortNumber(before, 3)} from epoch ${epoch} on.`,
        epoch,
        evidence: [
          {
            what: "fall of the lowest loss from the first half of the epochs to the second",
            value: 100 * gain,
            threshold: 100 * gainThreshold,
            crossed: "below",
            unit: " %",
            tag: tags.epoch("loss"),
          },
          ...gate.evidence,
        ],
        prescription: [
          {
            text: "Let the rate fall when the loss stays: schedules.reduceOnPlateau({ factor: 0.2, patience: 5 })",
          },
          changedRate(run, {
            factor: 3,
            why: "Or raise the learning rate, in case the loss lies in a flat place",
          }),
          { text: "Or another optimiser: adam where it is sgd" },
        ],
      },
    };
  },
};
