/** Turns a session's events into Jupyter's output messages, each below the request it belongs to. */
import { mostText } from "../session/bounds.js";
import type { ErrorReport, MimeData, SessionEvent } from "../session/protocol.js";
import type { Content, Header } from "../wire/message.js";

export type Publish = (type: string, parent: Partial<Header>, content: Content, metadata?: Content) => void;

type Output = Extract<SessionEvent, { cell: number }>;

export interface Ownership {
  readonly parent: Partial<Header>;
  /** Execution count as the client sees it. */
  readonly count: number;
  /** Nothing is sent. */
  readonly silent: boolean;
  /** A client's comm message: what has no place of its own is not put below it. */
  readonly comm?: boolean;
}

interface Owner extends Ownership {
  /** UTF-16 units of stream text sent on since its output was cleared. */
  written: number;
}

/** Least time between two messages of text alone, in milliseconds: a message a line would drown the client. */
const breath = 10;
/**
 * JupyterLab draws all text of a cell again with each message. So a cell that has written so many UTF-16 units, or a
 * multiple of it, is given that multiple of a breath, though no more than the longest. 200,000 lines are redrawn as
 * 8 MB of text in all then, some three times what they are.
 */
const drawnAtOnce = 16 * 1024;
const longestBreath = 2000;
/** What is gathered meanwhile is sent at once when it comes to so many UTF-16 units. */
const mostGathered = 4 * 1024 * 1024;
/** Counted cells whose late output still finds its place; as many comm messages and cells that are not counted. */
const mostOwners = 1000;

/**
 * Invariants: messages leave in the order of the events; consecutive text of one stream and cell is one message; at most
 * `mostGathered` and one event's text is held back, after `flush` nothing. Only output of silent cells is not sent: what
 * has lost its owner, or had none, stands below the last cell.
 */
export class CellOutlet {
  private readonly counted = new Map<number, Owner>();
  /** Apart, as a slider sends a comm message each time it moves. */
  private readonly uncounted = new Map<number, Owner>();
  /** Cells to be silent however late they write: numbers alone, so that all are kept. */
  private readonly silent = new Set<number>();
  /** The last cell that is not silent. */
  private last: Owner = { parent: {}, count: 0, silent: false, written: 0 };
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = 0;
  private text: { cell: number; name: "stdout" | "stderr"; parts: string[]; length: number } | undefined;

  constructor(private readonly publish: Publish) {}

  /** Says where output of `cell` goes from now on. */
  open(cell: number, ownership: Ownership): void {
    if (ownership.silent) {
      this.silent.add(cell);
      return;
    }
    const owner = { ...ownership, written: 0 };
    const owners = cell > 0 ? this.counted : this.uncounted;
    owners.set(cell, owner);
    if (owners.size > mostOwners) owners.delete(owners.keys().next().value as number);
    if (!ownership.comm) this.last = owner;
  }

  /** Whose request output of `cell` stands below. */
  parent(cell: number): Partial<Header> {
    return this.owner(cell)?.parent ?? {};
  }

  take(event: Output): void {
    if (event.type === "stream") {
      this.stream(event.cell, event.name, event.text);
      return;
    }
    this.flush();
    const owner = this.owner(event.cell);
    if (!owner) return;
    const { parent } = owner;
    if (event.type === "display") this.display(event, parent);
    else if (event.type === "clear") this.clear(owner, event.wait);
    else if (event.type === "result") this.result(event, owner);
    else if (event.type === "error") this.error(event.cell, event.error);
  }

  stream(cell: number, name: "stdout" | "stderr", text: string): void {
    if (this.text && (this.text.cell !== cell || this.text.name !== name)) this.flush();
    this.text ??= { cell, name, parts: [], length: 0 };
    this.text.parts.push(text);
    this.text.length += text.length;
    if (this.text.length >= mostGathered) this.flush();
  }

  error(cell: number, error: ErrorReport): void {
    this.flush();
    const owner = this.owner(cell);
    if (owner) this.publish("error", owner.parent, { ...error });
  }

  /** Sends the text soon: at once after a silence, else when a breath is over. */
  flushSoon(): void {
    if (!this.text || this.timer) return;
    const written = this.owner(this.text.cell)?.written ?? 0;
    const pause = breath * Math.min(longestBreath / breath, Math.max(1, written / drawnAtOnce));
    const left = this.flushedAt + pause - performance.now();
    if (left <= 0) this.flush();
    else this.timer = setTimeout(() => this.flush(), left);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { text } = this;
    if (!text) return;
    this.text = undefined;
    this.flushedAt = performance.now();
    const owner = this.owner(text.cell);
    if (!owner || owner.written > mostText) return;
    const whole = text.parts.join("");
    const shown = whole.slice(0, mostText - owner.written);
    owner.written += whole.length;
    if (shown !== "") this.publish("stream", owner.parent, { name: text.name, text: shown });
    if (owner.written > mostText) {
      const note = `\n[tunelab: this cell wrote more than ${mostText / 1024 / 1024} MB; the rest is not shown]\n`;
      this.publish("stream", owner.parent, { name: "stderr", text: note });
    }
  }

  /** Undefined for a silent cell. */
  private owner(cell: number): Owner | undefined {
    if (this.silent.has(cell)) return undefined;
    return this.counted.get(cell) ?? this.uncounted.get(cell) ?? this.last;
  }

  /** What the cell wrote is gone, with `wait` before anything else is shown: it may write as much anew. */
  private clear(owner: Owner, wait: boolean): void {
    owner.written = 0;
    this.publish("clear_output", owner.parent, { wait });
  }

  private display(event: Extract<Output, { type: "display" }>, parent: Partial<Header>): void {
    this.publish(event.update ? "update_display_data" : "display_data", parent, {
      data: event.data,
      metadata: event.metadata ?? {},
      transient: event.id === undefined ? {} : { display_id: event.id },
    });
  }

  private result(
    event: { cell: number; data: MimeData; metadata?: MimeData },
    { parent, count }: Owner,
  ): void {
    this.publish("execute_result", parent, {
      execution_count: count,
      data: event.data,
      metadata: event.metadata ?? {},
    });
  }
}
