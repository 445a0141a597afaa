/** Answers a page's questions from what was read: the same for a page in a file and one from a server. */
import type { BoardData } from "../content.js";
import type { BoardSettings } from "../options.js";
import { mutedLine, type Section } from "../section.js";
import { catalogue, type Origin } from "./catalogue.js";
import type { Answers, PanelsQuestion, QuestionKind, Questions } from "./pageSource.js";
import { panelsAnswer } from "./panelsAnswer.js";
import { runDetails } from "./runDetails.js";
import { seriesAnswer } from "./seriesAnswer.js";

export interface Answered {
  readonly data: BoardData;
  readonly settings: BoardSettings;
  readonly origin: Origin;
  /** The data with what a question picks beside what was asked for at first, where that is read only then. */
  readonly chosen?: (question: PanelsQuestion, tell: (sentence: string) => void) => BoardData;
}

export function answer<K extends QuestionKind>(
  answered: Answered,
  kind: K,
  question: Questions[K],
): Answers[K] {
  const { data, settings, origin } = answered;
  const by: { [Kind in QuestionKind]: (question: Questions[Kind]) => Answers[Kind] } = {
    catalogue: () => catalogue(data, settings, origin),
    series: (asked) => seriesAnswer(data, asked),
    panels: (asked) => panels(answered, asked),
    details: (asked) => runDetails(data, asked.run),
  };
  return by[kind](question);
}

/** What could not be read stands below what could. */
function panels({ data, chosen }: Answered, question: PanelsQuestion): Section[] {
  const told: string[] = [];
  const given = chosen ? chosen(question, (sentence) => told.push(sentence)) : data;
  const sections = panelsAnswer(given, question);
  const cards = told.map((sentence) => mutedLine(sentence, { row: question.width }));
  return cards.length > 0 ? [...sections, { title: "not read", columns: 1, cards }] : sections;
}
