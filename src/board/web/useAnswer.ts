/** The newest answer to a question, asked anew when it changes and when its answer may have; the last one stays until then. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Answers, PageSource, QuestionKind, Questions } from "../source/pageSource.js";
import { AskInTurn, type Pauses } from "./askInTurn.js";

export interface AnswerState<K extends QuestionKind> {
  readonly answer: Answers[K] | undefined;
  /** What went wrong last, if it still does. */
  readonly failure: string | undefined;
}

export interface Asked<K extends QuestionKind> extends Pauses {
  readonly kind: K;
  /** Undefined while nobody looks. */
  readonly question: Questions[K] | undefined;
  /** Changes when the answer may have. */
  readonly state: string;
}

export function useAnswer<K extends QuestionKind>(
  source: PageSource,
  { kind, question, state, ...pauses }: Asked<K>,
): AnswerState<K> {
  const [held, setHeld] = useState<AnswerState<K>>({ answer: undefined, failure: undefined });
  const turns = useRef<AskInTurn<Questions[K], Answers[K]> | undefined>(undefined);
  // Before the next frame, of which a print has none.
  useLayoutEffect(() => {
    const made = new AskInTurn<Questions[K], Answers[K]>({
      ...pauses,
      ask: (asked) => source.ask(kind, asked),
      answered: (answer) => setHeld({ answer, failure: undefined }),
      failed: ({ message }) => setHeld(({ answer }) => ({ answer, failure: message })),
    });
    turns.current = made;
    return () => made.close();
  }, [source]);
  const text = question && JSON.stringify(question);
  useLayoutEffect(() => {
    if (question) turns.current?.want(question, state);
  }, [source, text, state]);
  return held;
}
