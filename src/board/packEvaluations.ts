/** The evaluations of a tag as a page carries them: no more than its charts draw. */
import { exactJson } from "../base/exactJson.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";
import { confusedClasses } from "./confusedClasses.js";

/** Classes of a matrix: at least as many as a card has room for. */
const mostClasses = 100;

/** As exact JSON, ever smaller: the first evaluation is left out before the newest is. */
export function evaluationVersions({ shown, ...facts }: BoardEvaluations): string[] {
  const found = { ...facts, shown: shown.map(withDrawnClasses) };
  const newest = { ...found, shown: found.shown.slice(0, 1) };
  return [found, newest].map((part) => exactJson(part));
}

function withDrawnClasses({ step, content }: BoardEvaluation): BoardEvaluation {
  return { step, content: content.kind === "regression" ? content : confusedClasses(content, mostClasses) };
}
