/** Loads what a cell imports while the front still checks its types: a third of a second of the first cell that does. */

/** Modules whose loading does nothing a person could notice, should the cell be refused. */
const harmless = /^(?:tunelab|@tensorflow\/tfjs(?:-[a-z-]+)?)$/;

export function preload(modules: readonly string[], load: (name: string) => Promise<unknown>): void {
  for (const name of modules) {
    if (!harmless.test(name)) continue;
    // What fails here fails again, and is told, when the cell imports it.
    load(name).catch(() => undefined);
  }
}
