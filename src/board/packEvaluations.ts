/** The evaluations of a tag as a page carries them: no more than its charts draw. */
import { exactJson } from "../base/exactJson.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";
import { confusedClasses } from "./confusedClasses.js";
import { spread } from "./downsample.js";

/** Classes of a matrix: at least as many as a card has room for. */
const mostClasses = 100;

/** As exact JSON, ever smaller: of fewer steps. */
export function evaluationVersions({ shown, ...facts }: BoardEvaluations): string[] {
  return fewerSteps(shown.map(withDrawnClasses)).map((part) => exactJson({ ...facts, shown: part }));
}

/** All; half as many, evenly spread, with the newest and the first, and again half of them; at last the newest alone. */
export function fewerSteps<Recorded>(newestFirst: readonly Recorded[]): (readonly Recorded[])[] {
  const parts: (readonly Recorded[])[] = [newestFirst];
  for (let count = Math.floor(newestFirst.length / 2); count > 1; count = Math.floor(count / 2))
    parts.push(spread(newestFirst, count));
  return newestFirst.length > 1 ? [...parts, newestFirst.slice(0, 1)] : parts;
}

function withDrawnClasses({ step, content }: BoardEvaluation): BoardEvaluation {
  return { step, content: content.kind === "regression" ? content : confusedClasses(content, mostClasses) };
}
