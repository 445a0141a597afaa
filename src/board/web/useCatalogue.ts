/** The catalogue, asked anew when the source says that something has changed. */
import { useEffect, useState } from "preact/hooks";
import type { Catalogue } from "../source/catalogue.js";
import type { PageSource, SourceState } from "../source/pageSource.js";
import { useAnswer } from "./useAnswer.js";

export interface CatalogueState {
  readonly catalogue: Catalogue | undefined;
  readonly state: SourceState;
  /** What went wrong last, if it still does. */
  readonly failure: string | undefined;
}

export function useCatalogue(source: PageSource): CatalogueState {
  const [state, setState] = useState<SourceState>({ version: 0, connected: true });
  useEffect(() => source.watch(setState), [source]);
  const { answer, failure } = useAnswer(source, {
    kind: "catalogue",
    question: {},
    state: `${state.version} ${state.connected}`,
  });
  const lost = "The board's server cannot be reached; what is shown is the last it said.";
  return { catalogue: answer, state, failure: failure ?? (state.connected ? undefined : lost) };
}
