/** Points of series, asked when they are needed and when they have changed; the last ones stay until new ones come. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { PageSource, SeriesAnswer, SeriesQuestion } from "../source/pageSource.js";

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
  const [held, setHeld] = useState<SeriesState>({ answers: undefined, failure: undefined });
  const text = question && `${JSON.stringify(question)} ${state}`;
  const asked = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!question || text === asked.current) return;
    asked.current = text;
    source.ask("series", question).then(
      (answers) => {
        if (asked.current === text) setHeld({ answers, failure: undefined });
      },
      (error: Error) => {
        if (asked.current !== text) return;
        asked.current = undefined;
        setHeld(({ answers }) => ({ answers, failure: error.message }));
      },
    );
  }, [source, text]);
  return held;
}
