/** What is said of layers that are frozen where nobody is likely to have meant it. */
import { accuracyGate } from "./accuracyGate.js";
import type { RunView } from "./runView.js";
import type { Untrained } from "./untrainedLayers.js";
import type { Evidence, Judgement } from "./verdict.js";

export function untrainedVerdict(run: RunView, found: Untrained): Judgement {
  const names = found.layers.map(({ name }) => name);
  const [first] = names as [string];
  const gate = accuracyGate(run);
  return {
    kind: "verdict",
    verdict: {
      problem: "DeadLayer",
      severity: gate.learns === "badly" ? "error" : "warning",
      message: sentence(names, found),
      layer: first,
      step: 0,
      evidence: [evidence(first, found), ...(gate.learns === "badly" ? gate.evidence : [])],
      prescription: [
        {
          text: found.untouched
            ? "Train it too, or load the weights that it should have"
            : "Train it too, unless its weights come from elsewhere",
          code: names.map((name) => `model.getLayer(${JSON.stringify(name)}).trainable = true`).join("; "),
          change: { model: { trainable: names } },
        },
        ...(found.before
          ? [{ text: "To keep weights that come from elsewhere, freeze the layers before it too" }]
          : []),
      ],
    },
  };
}

function sentence(names: readonly string[], { before, untouched }: Untrained): string {
  const which =
    names.length > 3 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(", ");
  const isOne = names.length === 1;
  const frozen = `${which} ${isOne ? "is" : "are"} not trained (trainable: false)`;
  const stays = isOne ? "it stays as it was initialised" : "they stay as they were initialised";
  if (before) return `${frozen}, though ${before.name} before and others behind are: ${stays}.`;
  const drawn =
    untouched && isOne ? `${untouched.weight} is as its initialiser drew it, and all biases are 0` : "";
  return `${frozen}, and never ${isOne ? "was" : "were"}${drawn && ` (${drawn})`}: ${stays}.`;
}

function evidence(first: string, { untouched, trainedBefore }: Untrained): Evidence {
  if (!untouched)
    return {
      what: `trained layers before ${first}, which is not`,
      value: trainedBefore,
      threshold: 0,
      crossed: "above",
    };
  const { weight, ratio, tolerance } = untouched;
  return {
    what: `difference of the spread of ${weight} to what its initialiser draws; all biases are 0`,
    value: 100 * Math.abs(ratio - 1),
    threshold: 100 * tolerance,
    crossed: "below",
    unit: " %",
  };
}
