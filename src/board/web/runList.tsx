/** The runs with their colours, to be picked, and what is known of each. */
import { useState } from "preact/hooks";
import type { Catalogue, CatalogueRun } from "../source/catalogue.js";
import type { PageSource } from "../source/pageSource.js";
import { Choice, Expression } from "./controls.js";
import { colourChoices, keyOf } from "./runColours.js";
import { RunPanel } from "./runPanel.js";
import { matchingRuns } from "./shownRuns.js";
import { Swatch } from "./swatch.js";
import type { ChangeView } from "./useView.js";
import type { View } from "./view.js";

export interface RunListProps {
  readonly source: PageSource;
  /** Of the source. */
  readonly version: number;
  readonly catalogue: Catalogue;
  readonly view: View;
  readonly change: ChangeView;
  readonly colours: ReadonlyMap<string, string>;
  readonly markers: ReadonlyMap<string, string>;
}

export function RunList(props: RunListProps) {
  const { source, version, catalogue, view, change, colours, markers } = props;
  const [told, tell] = useState<string>();
  const { runs } = catalogue;
  const matching = matchingRuns(runs, view);
  const hidden = new Set(view.hidden);
  const labels = matching.map(({ label }) => label);
  const show = (names: readonly string[], shown: boolean) => {
    const others = view.hidden.filter((label) => !names.includes(label));
    change({ hidden: shown ? others : [...others, ...names] });
  };
  const count = matching.length === runs.length ? `${runs.length}` : `${matching.length} of ${runs.length}`;
  return (
    <nav aria-label="runs">
      <h2>{runs.length === 1 ? "1 run" : `${count} runs`}</h2>
      {runs.length > 1 && (
        <>
          <Expression id="runs" name="runs" value={view.runs} typed={(text) => change({ runs: text })} />
          <ColourBy runs={runs} view={view} change={change} />
          <p class="all">
            <button type="button" onClick={() => show(labels, true)}>
              all
            </button>
            <button type="button" onClick={() => show(labels, false)}>
              none
            </button>
          </p>
        </>
      )}
      <ul>
        {matching.map((run) => (
          <RunItem
            key={run.label}
            run={run}
            colour={colours.get(run.label) ?? ""}
            marker={markers.get(run.label) ?? ""}
            note={view.colour === "run" ? "" : keyOf(view.colour)(run)}
            shown={!hidden.has(run.label)}
            toggled={(shown) => show([run.label], shown)}
            tell={() => tell(run.label)}
            only={() =>
              change({ hidden: runs.map(({ label }) => label).filter((label) => label !== run.label) })
            }
          />
        ))}
      </ul>
      {told !== undefined && (
        <RunPanel source={source} run={told} state={String(version)} close={() => tell(undefined)} />
      )}
      {notesOf(catalogue).map((note) => (
        <p key={note} class="soft">
          {note}
        </p>
      ))}
    </nav>
  );
}

function notesOf({ live, thinned }: Catalogue): readonly string[] {
  if (live) return ["Charts hold what their pixels can show; zoom in to see every point."];
  return thinned.length > 0 ? thinned : ["Every logged point is here."];
}

function ColourBy({ runs, view, change }: { runs: readonly CatalogueRun[]; view: View; change: ChangeView }) {
  const choices = [...colourChoices(runs), "expression"];
  const isExpression = view.colour.startsWith("/");
  return (
    <>
      <Choice
        name="colour by"
        values={choices}
        value={isExpression ? "expression" : view.colour}
        chosen={(value) => change({ colour: value === "expression" ? "/[^-_ ]+/" : value })}
      />
      {isExpression && (
        <Expression
          id="colour"
          name="of the run's name"
          value={view.colour.replace(/^\/|\/$/g, "")}
          typed={(text) => change({ colour: `/${text}/` })}
        />
      )}
    </>
  );
}

interface RunItemProps {
  readonly run: CatalogueRun;
  readonly colour: string;
  readonly marker: string;
  readonly note: string;
  readonly shown: boolean;
  readonly toggled: (shown: boolean) => void;
  readonly only: () => void;
  /** Shows what is known of it. */
  readonly tell: () => void;
}

function RunItem({ run, colour, marker, note, shown, toggled, only, tell }: RunItemProps) {
  const { label, status } = run;
  return (
    <li>
      <label title="double click: only this one" onDblClick={only}>
        <input type="checkbox" checked={shown} onChange={(event) => toggled(event.currentTarget.checked)} />
        <Swatch colour={colour} marker={marker} />
        <span>
          {status === "finished" ? label : `${label} (${status})`}
          {note !== "" && <small class="soft"> {note}</small>}
        </span>
      </label>
      <button type="button" class="tell" aria-label={`details of ${label}`} title="details" onClick={tell} />
    </li>
  );
}
