/** Answers a page's questions from what was read: the same for a page in a file and one from a server. */
import type { BoardData } from "../content.js";
import type { BoardSettings } from "../options.js";
import { catalogue, type Origin } from "./catalogue.js";
import type { Answers, QuestionKind, Questions } from "./pageSource.js";
import { panelsAnswer } from "./panelsAnswer.js";
import { seriesAnswer } from "./seriesAnswer.js";

export interface Answered {
  readonly data: BoardData;
  readonly settings: BoardSettings;
  readonly origin: Origin;
}

export function answer<K extends QuestionKind>(
  { data, settings, origin }: Answered,
  kind: K,
  question: Questions[K],
): Answers[K] {
  const by: { [Kind in QuestionKind]: (question: Questions[Kind]) => Answers[Kind] } = {
    catalogue: () => catalogue(data, settings, origin),
    series: (asked) => seriesAnswer(data, asked),
    panels: (asked) => panelsAnswer(data, asked),
  };
  return by[kind](question);
}
