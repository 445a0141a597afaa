/** A run's evaluations as a board compares them: the newest with the first. */
import type { EvaluationPoint } from "../track/runMedia.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";

/** What was read once is kept while the run is. */
const made = new WeakMap<EvaluationPoint, BoardEvaluation>();

/** @throws Error where a file was cut since the run was read, SyntaxError where it holds no evaluation. */
export function evaluationsOf(points: readonly EvaluationPoint[]): BoardEvaluations {
  const [first, newest] = [points[0] as EvaluationPoint, points.at(-1) as EvaluationPoint];
  return { shown: [...new Set([newest, first])].map(read), count: points.length };
}

function read(point: EvaluationPoint): BoardEvaluation {
  const known = made.get(point) ?? { step: point.step, content: point.evaluation.read() };
  made.set(point, known);
  return known;
}
