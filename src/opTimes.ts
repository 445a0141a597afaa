/** What a profile tells of ops, as a table and as a chart. */

import type { MimeBundle } from "./base/host.js";
import { inspectInstances } from "./base/inspection.js";
import { type TableCell, textTable } from "./base/table.js";
import { chartBundle } from "./board/chart.js";
import { costChart } from "./board/costChart.js";
import { gigaflop, percent } from "./costText.js";
import type { OpCost, OpProfile } from "./native/index.js";

type Profiled = Pick<OpProfile<unknown>, "ops">;

/** Shows itself as a cell's last expression, as a chart; `String` of it is the table. */
export class OpTimes {
  readonly #ops: readonly (OpCost & { readonly share: number })[];

  constructor({ ops }: Profiled) {
    const whole = ops.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    this.#ops = ops.map((op) => ({ ...op, share: op.milliseconds / (whole || 1) }));
  }

  /** A line for each op, the dearest first. */
  toString(): string {
    const rows = this.#ops.map(({ name, calls, milliseconds, share, flops, bytes }): TableCell[] => [
      name,
      calls,
      milliseconds.toFixed(1),
      percent(share),
      gigaflop(flops ?? 0),
      bytes === undefined ? undefined : (bytes / 1e6).toFixed(1),
    ]);
    const right = ["calls", "ms", "share", "GFLOP", "MB"];
    return textTable({ header: ["op", ...right], rows, right });
  }

  /** Vega-Lite v5, SVG, PNG (base64) and plain text; drawn in the board's thread. */
  toMimeBundle(): Promise<MimeBundle> {
    const title = "time in TensorFlow by op";
    const bars = this.#ops.map(({ milliseconds, ...rest }) => ({ ...rest, whole: milliseconds }));
    return chartBundle(
      costChart(title, bars),
      `${title}, of ${bars.length} op${bars.length === 1 ? "" : "s"}`,
    );
  }
}

inspectInstances(OpTimes);

/**
 * The ops of a profile as a table and a chart. An op runs no other, so that its time is its own.
 *
 * @example opTimes(await profileOps(() => fit(model, mnist, { epochs: 1 }), { eager: true }))
 */
export function opTimes(profile: Profiled): OpTimes {
  return new OpTimes(profile);
}
