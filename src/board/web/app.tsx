/** The whole page: controls on top, runs at the left, charts. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { PageSource } from "../source/pageSource.js";
import { Charts } from "./charts.js";
import { Controls } from "./controls.js";
import { KeyHelp } from "./keyHelp.js";
import { pageKeys } from "./pageKeys.js";
import { runColours, runMarkers } from "./runColours.js";
import { RunList } from "./runList.js";
import { shownRuns } from "./shownRuns.js";
import { themeOf } from "./theme.js";
import { useCatalogue } from "./useCatalogue.js";
import { useSystemTheme } from "./useSystemTheme.js";
import { useView } from "./useView.js";

export function App({ source }: { source: PageSource }) {
  const { catalogue, state, failure } = useCatalogue(source);
  const [view, change] = useView(catalogue?.settings);
  const [help, setHelp] = useState(false);
  const system = useSystemTheme();
  const theme = themeOf(view?.theme ?? "system", system);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const toggleHelp = useCallback(() => setHelp((shown) => !shown), []);
  useEffect(() => {
    if (!view) return;
    const listen = pageKeys({ view, change, toggleHelp, closeHelp: () => setHelp(false) });
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [view, change, toggleHelp]);
  const colours = useMemo(
    () => runColours(catalogue?.runs ?? [], view?.colour ?? "run"),
    [catalogue, view?.colour],
  );
  const markers = useMemo(
    () => runMarkers(catalogue?.runs ?? [], view?.colour ?? "run"),
    [catalogue, view?.colour],
  );
  const runs = useMemo(
    () => (catalogue && view ? shownRuns(catalogue.runs, view) : []),
    [catalogue, view?.runs, view?.hidden],
  );
  if (!catalogue || !view) return <p class="soft waiting">{failure ?? "reading runs…"}</p>;
  return (
    <>
      <Controls catalogue={catalogue} view={view} change={change} state={state} showHelp={toggleHelp} />
      {failure !== undefined && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      <div class={catalogue.runs.length > 0 ? "layout beside" : "layout"}>
        {catalogue.runs.length > 0 && (
          <RunList
            source={source}
            version={state.version}
            catalogue={catalogue}
            view={view}
            change={change}
            colours={colours}
            markers={markers}
          />
        )}
        <Charts
          source={source}
          catalogue={catalogue}
          view={view}
          change={change}
          runs={runs}
          colours={colours}
          markers={markers}
          theme={theme}
          version={state.version}
        />
      </div>
      {help && <KeyHelp close={toggleHelp} />}
    </>
  );
}
