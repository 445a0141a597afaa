/** Points of series, asked when they are needed and when they have changed; the last ones stay until new ones come. */
import type { PageSource, SeriesAnswer, SeriesQuestion } from "../source/pageSource.js";
import { useAnswer } from "./useAnswer.js";

export interface SeriesState {
  readonly answers: readonly SeriesAnswer[] | undefined;
  readonly failure: string | undefined;
}

/**
 * @param question undefined while nobody looks.
 * @param state changes when the answer may have.
 */
export function useSeries(
  source: PageSource,
  question: SeriesQuestion | undefined,
  state: string,
): SeriesState {
  const { answer, failure } = useAnswer(source, { kind: "series", question, state });
  return { answers: answer, failure };
}
