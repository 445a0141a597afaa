/** The evaluations of a tag as a page carries them: no more than its charts draw. */
import { exactJson } from "../base/exactJson.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";
import { confusedClasses } from "./confusedClasses.js";
import { spread } from "./downsample.js";

/** Classes of a matrix: at least as many as a card has room for. */
const mostClasses = 100;

/** As exact JSON, ever smaller: half as many steps, evenly spread, with the newest and the first; at last the newest alone. */
export function evaluationVersions({ shown, ...facts }: BoardEvaluations): string[] {
  const drawn = shown.map(withDrawnClasses);
  const counts = [drawn.length];
  for (let count = Math.floor(drawn.length / 2); count > 1; count = Math.floor(count / 2)) counts.push(count);
  const versions = [
    ...counts.map((count) => spread(drawn, count)),
    ...(drawn.length > 1 ? [drawn.slice(0, 1)] : []),
  ];
  return versions.map((part) => exactJson({ ...facts, shown: part }));
}

function withDrawnClasses({ step, content }: BoardEvaluation): BoardEvaluation {
  return { step, content: content.kind === "regression" ? content : confusedClasses(content, mostClasses) };
}
