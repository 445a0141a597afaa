/** A run's evaluations as a board shows them: the newest, and so many before it, to the first. */
import type { EvaluationPoint } from "../track/runMedia.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";
import { confusedContent } from "./confusedClasses.js";
import { spread } from "./downsample.js";
import { mostSteps } from "./steppedCards.js";

/** Classes of a matrix: at least as many as a card has room for. */
const mostDrawn = 100;

/** What was read once is kept while the run is. */
const made = new WeakMap<EvaluationPoint, BoardEvaluation>();

/** @throws Error where a file was cut since the run was read, SyntaxError where it holds no evaluation. */
export function evaluationsOf(points: readonly EvaluationPoint[]): BoardEvaluations {
  return { shown: spread(points, mostSteps).toReversed().map(read), count: points.length };
}

function read(point: EvaluationPoint): BoardEvaluation {
  const known = made.get(point) ?? drawn(point);
  made.set(point, known);
  return known;
}

/** Of many classes those that can be drawn: the whole matrix of 4,000 takes 128 MB, of each step. */
function drawn({ step, evaluation }: EvaluationPoint): BoardEvaluation {
  const content = evaluation.read();
  return { step, content: content.kind === "regression" ? content : confusedContent(content, mostDrawn) };
}
