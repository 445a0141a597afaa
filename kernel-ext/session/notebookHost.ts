/** The notebook as the library sees it. */
import type { Host } from "../../src/index.js";
import type { CellSession } from "./cellSession.js";

/** Where the library looks for a host when it is loaded (src/base/host.ts says so). */
const hostKey = Symbol.for("tunelab.host");

/**
 * Leaves the host where the library finds it, whoever imports it first: a cell, a magic, or a file of the notebook's.
 * Returns a function that tells whether the library was loaded.
 */
export function provideNotebookHost(session: CellSession, kind: Host["kind"] = "notebook"): () => boolean {
  let taken = false;
  const host: Host = {
    kind,
    display(bundle) {
      const shown = session.displays.show(bundle);
      return { update: (next) => shown.update(next) };
    },
    written: (place) => session.maps.asWritten(session.maps.mapText(place)),
    signal: () => session.runner.signal(),
    hold: (work) => session.hold(work),
    trained: () => session.noteTraining(),
    runsOpen: (names) => session.output.emit({ type: "runs", names }),
    sources: () => {
      const cells = session.running ? [...session.records, session.running] : session.records;
      return cells.map(({ file, source }) => ({ name: file, text: source }));
    },
  };
  const get = () => {
    taken = true;
    return host;
  };
  Object.defineProperty(globalThis, hostKey, { get, configurable: true });
  return () => taken;
}
