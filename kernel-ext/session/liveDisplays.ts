/** Displays that are shown anew in their place, at a bounded rate. */
import { randomBytes } from "node:crypto";
import type { CellOutput } from "./cellOutput.js";
import type { ShownDisplay } from "./magicContext.js";
import { append } from "./primordials.js";
import type { MimeData } from "./protocol.js";
import { showableBundle } from "./showableBundle.js";

/** Least time between two updates of one display, in milliseconds. */
const interval = 100;

interface Live {
  sentAt: number;
  cell: number;
  waiting?: { readonly data: MimeData; readonly metadata: MimeData | undefined };
}

/** Milliseconds until the display may be shown anew. */
function dueIn({ sentAt }: Live): number {
  return sentAt + interval - performance.now();
}

/**
 * Invariants: at most one update of a display leaves in `interval`; the last one always leaves, at the latest at
 * `flush`, which the runner calls before a cell ends.
 */
export class LiveDisplays {
  private readonly live = new Map<string, Live>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly output: CellOutput,
    private readonly later: (work: () => void, milliseconds: number) => NodeJS.Timeout = setTimeout,
  ) {}

  show(data: MimeData, metadata?: MimeData, id = randomBytes(8).toString("hex")): ShownDisplay {
    this.output.display(data, { id, ...(metadata && { metadata }) });
    this.live.set(id, { sentAt: performance.now(), cell: this.output.cell });
    return { id, update: (next, nextMetadata) => this.update(id, next, nextMetadata) };
  }

  update(id: string, bundle: MimeData, metadata?: MimeData): void {
    // Now, while whoever gave it can still be told.
    const data = showableBundle(bundle);
    const live = this.live.get(id) ?? { sentAt: Number.NEGATIVE_INFINITY, cell: this.output.cell };
    this.live.set(id, live);
    live.waiting = { data, metadata };
    const due = dueIn(live);
    if (due <= 0) this.send(id, live);
    else this.timer ??= this.later(() => this.sendDue(), due);
  }

  /** Sends the updates whose display may be shown anew, and comes back for the others. */
  private sendDue(): void {
    this.timer = undefined;
    let next = Number.POSITIVE_INFINITY;
    for (const [id, live] of this.live) {
      const due = dueIn(live);
      if (due <= 0) this.send(id, live);
      else if (live.waiting) next = Math.min(next, due);
    }
    if (Number.isFinite(next)) this.timer = this.later(() => this.sendDue(), next);
  }

  /** Sends every update that waits; when one fails, the others all the same, and throws its error then. */
  flush(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = undefined;
    const failures: unknown[] = [];
    for (const [id, live] of this.live) {
      try {
        this.send(id, live);
      } catch (error) {
        append(failures, error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  private send(id: string, live: Live): void {
    if (!live.waiting) return;
    const { data, metadata } = live.waiting;
    delete live.waiting;
    live.sentAt = performance.now();
    this.output.displayShowable(data, { id, cell: live.cell, update: true, ...(metadata && { metadata }) });
  }
}
