/** What all charts of the page are drawn from. */
import type { Catalogue, CatalogueRun } from "../source/catalogue.js";
import type { PageSource } from "../source/pageSource.js";
import type { ShownTheme } from "./theme.js";
import type { ChangeView } from "./useView.js";
import type { View } from "./view.js";

export interface ChartsProps {
  readonly source: PageSource;
  readonly catalogue: Catalogue;
  readonly view: View;
  readonly change: ChangeView;
  /** Those to draw. */
  readonly runs: readonly CatalogueRun[];
  readonly colours: ReadonlyMap<string, string>;
  /** Label → SVG path of the mark on its lines, empty for none. */
  readonly markers: ReadonlyMap<string, string>;
  readonly theme: ShownTheme;
  readonly version: number;
}
