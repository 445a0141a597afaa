/** Which kinds of charts the page shows: of those that the runs hold, each can be switched on and off. */
import { boardKinds } from "../../base/boardKinds.js";
import { tickedKinds } from "../content.js";
import type { Catalogue } from "../source/catalogue.js";
import type { ChangeView } from "./useView.js";
import type { View } from "./view.js";

export interface KindChooserProps {
  readonly catalogue: Catalogue;
  readonly view: View;
  readonly change: ChangeView;
}

export function KindChooser({ catalogue, view, change }: KindChooserProps) {
  const { kinds, settings } = catalogue;
  const sweeps = catalogue.sweeps.length > 0;
  if (kinds.length === 0 && !sweeps) return null;
  const { picked } = view;
  const ticked = new Set(tickedKinds(picked ? { ...settings, picked } : settings));
  const tick = (kind: (typeof kinds)[number], isShown: boolean) => {
    const shown = new Set(ticked);
    if (isShown) shown.add(kind);
    else shown.delete(kind);
    change({ picked: boardKinds.filter((one) => shown.has(one)) });
  };
  const hasSweeps = sweeps && view.sweeps === "show";
  const count = kinds.filter((kind) => ticked.has(kind)).length + (hasSweeps ? 1 : 0);
  return (
    <details class="kinds">
      <summary>
        kinds: {count} of {kinds.length + (sweeps ? 1 : 0)}
      </summary>
      <fieldset class="menu">
        <legend class="soft">charts of</legend>
        {kinds.map((kind) => (
          <label key={kind}>
            <input
              type="checkbox"
              checked={ticked.has(kind)}
              onChange={(event) => tick(kind, event.currentTarget.checked)}
            />
            {kind}
          </label>
        ))}
        {sweeps && (
          <label>
            <input
              type="checkbox"
              checked={hasSweeps}
              onChange={(event) => change({ sweeps: event.currentTarget.checked ? "show" : "hide" })}
            />
            sweeps
          </label>
        )}
        <button
          type="button"
          disabled={!picked && view.sweeps === "show"}
          onClick={() => change({ picked: undefined, sweeps: "show" })}
        >
          as at first
        </button>
      </fieldset>
    </details>
  );
}
