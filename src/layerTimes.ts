/** What a profile tells of layers, as a table and as a chart. */

import type { MimeBundle } from "./base/host.js";
import { inspectInstances } from "./base/inspection.js";
import { type TableCell, textTable } from "./base/table.js";
import { chartBundle } from "./board/chart.js";
import { costChart } from "./board/costChart.js";
import { gigaflop, percent } from "./costText.js";
import type { OpProfile, OutsideCost } from "./native/index.js";

type Profiled = Pick<OpProfile<unknown>, "layers" | "outside">;

const elsewhere = "optimizer and other";

/** Shows itself as a cell's last expression, as a chart; `String` of it is the table. */
export class LayerTimes {
  readonly #profile: Profiled;

  constructor(profile: Profiled) {
    this.#profile = profile;
  }

  /** A line for each layer from the input on, then one for what ran in none. */
  toString(): string {
    const { layers, outside } = this.#profile;
    const rows: TableCell[][] = layers.map(({ layer, className, calls, forward, backward, ...rest }) => [
      layer,
      className,
      calls,
      forward.toFixed(1),
      backward.toFixed(1),
      ...summary({ milliseconds: forward + backward, ...rest }),
    ]);
    rows.push([elsewhere, "", "", "", "", ...summary(outside)]);
    const right = ["calls", "forward ms", "backward ms", "ms", "share", "GFLOP", "MB"];
    return textTable({ header: ["layer", "class", ...right], rows, right });
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    const { layers, outside } = this.#profile;
    const title = "time in TensorFlow by layer";
    const bars = [
      ...layers.map(({ layer, ...costs }) => ({ name: layer, ...costs })),
      { name: elsewhere, other: outside.milliseconds, ...outside },
    ];
    return chartBundle(costChart(title, bars), `${title}, of ${layers.length} layers`);
  }
}

inspectInstances(LayerTimes);

/**
 * The layers of a profile that was taken with `eager`, as a table and a chart.
 *
 * @example layerTimes(await profileOps(() => fit(model, mnist, { epochs: 1 }), { eager: true }))
 */
export function layerTimes(profile: Profiled): LayerTimes {
  return new LayerTimes(profile);
}

function summary({ milliseconds, share, flops, bytes }: OutsideCost): TableCell[] {
  return [milliseconds.toFixed(1), percent(share), gigaflop(flops), (bytes / 1e6).toFixed(1)];
}
