/** The catalogue, asked anew when the source says that something has changed. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Catalogue } from "../source/catalogue.js";
import type { PageSource, SourceState } from "../source/pageSource.js";

export interface CatalogueState {
  readonly catalogue: Catalogue | undefined;
  readonly state: SourceState;
  /** What went wrong last, if it still does. */
  readonly failure: string | undefined;
}

export function useCatalogue(source: PageSource): CatalogueState {
  const [state, setState] = useState<SourceState>({ version: 0, connected: true });
  const [catalogue, setCatalogue] = useState<Catalogue>();
  const [failure, setFailure] = useState<string>();
  const asked = useRef(0);
  useEffect(() => source.watch(setState), [source]);
  useEffect(() => {
    const turn = ++asked.current;
    source.ask("catalogue", {}).then(
      (given) => {
        if (turn !== asked.current) return;
        setCatalogue(given);
        setFailure(undefined);
      },
      (error: Error) => setFailure(error.message),
    );
  }, [source, state.version, state.connected]);
  const lost = "The board's server cannot be reached; what is shown is the last it said.";
  return { catalogue, state, failure: failure ?? (state.connected ? undefined : lost) };
}
