/** The evaluations of a tag as a page carries them: no more than its charts draw. */
import { exactJson } from "../base/exactJson.js";
import type { BoardEvaluation, BoardEvaluations } from "./boardMedia.js";
import { confusedClasses } from "./confusedClasses.js";
import type { PageRoom } from "./pageRoom.js";

/** Classes of a matrix: at least as many as a card has room for. */
const mostClasses = 100;

/** As exact JSON; nothing where there is no room. The first evaluation is left out before the newest is. */
export function packEvaluations(
  { label, tag }: { readonly label: string; readonly tag: string },
  { shown, ...facts }: BoardEvaluations,
  room: PageRoom,
): [tag: string, json: string][] {
  const found = { ...facts, shown: shown.map(withDrawnClasses) };
  const newest = { ...found, shown: found.shown.slice(0, 1) };
  const versions = [found, newest].map((part) => exactJson(part));
  const json = room.take(`${tag} of ${label}`, versions, ({ length }) => length);
  return json === undefined ? [] : [[tag, json]];
}

function withDrawnClasses({ step, content }: BoardEvaluation): BoardEvaluation {
  return { step, content: content.kind === "regression" ? content : confusedClasses(content, mostClasses) };
}
