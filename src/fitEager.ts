/** Why steps of a training run eagerly, which is slower. */
import { tellOnce } from "./fitNotices.js";
import type { Tracking } from "./fitTracking.js";
import type { FitPlan } from "./train/fitPlan.js";
import type { TrainingStep } from "./train/seams.js";
import { noEffect } from "./train/singleSteps.js";

/** To be called now and then: says what is known by then, each reason once in this process, and keeps them all with the run. */
export function eagerTeller(
  step: Pick<TrainingStep<never>, "eagerReasons" | "singleReason">,
  { step: { precision, stepsPerExecution: asked = "auto" } }: FitPlan,
  tracking: Tracking | undefined,
): () => void {
  const how = precision ? "slower, and computes in float32" : "slower";
  let told = 0;
  return () => {
    const { eagerReasons: reasons, singleReason } = step;
    if (singleReason !== undefined && asked !== "auto" && asked > 1)
      tellOnce(noEffect(asked, `what cannot be captured: ${singleReason}`));
    if (reasons.length === told) return;
    told = reasons.length;
    tracking?.run.describe({ environment: { eager: reasons.join("; ") } });
    for (const reason of reasons)
      tellOnce(`steps of this model run without a captured step, which is ${how}: ${reason}`);
  };
}
