/** Turns a session's events into Jupyter's output messages, each below the request it belongs to. */
import type { ErrorReport, MimeData, SessionEvent } from "../session/protocol.js";
import type { Content, Header } from "../wire/message.js";
import { CellText, type StreamName } from "./cellText.js";

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
  readonly text: CellText;
}

/** What waits of all cells is sent at once when it comes to so many UTF-16 units. */
const mostGathered = 4 * 1024 * 1024;
/** Counted cells whose late output still finds its place; as many comm messages and cells that are not counted. */
const mostOwners = 1000;

/**
 * Invariants: messages of one cell leave in the order of its events, but for text that changes between streams in floods
 * (`CellText`); at most `mostGathered` and one event's text is held back, after `flush` nothing. Only output of silent
 * cells is not sent: what has lost its owner, or had none, stands below the last cell.
 */
export class CellOutlet {
  private readonly counted = new Map<number, Owner>();
  /** Apart, as a slider sends a comm message each time it moves. */
  private readonly uncounted = new Map<number, Owner>();
  /** Cells to be silent however late they write: numbers alone, so that all are kept. */
  private readonly silent = new Set<number>();
  /** The last cell that is not silent. */
  private last: Owner = { parent: {}, count: 0, silent: false, text: new CellText() };
  /** Those whose text waits, by its age. */
  private readonly waiting = new Set<Owner>();
  /** UTF-16 units of theirs. */
  private gathered = 0;
  private timer: NodeJS.Timeout | undefined;
  /** When it fires. */
  private timerAt = Number.POSITIVE_INFINITY;

  constructor(private readonly publish: Publish) {}

  /** Says where output of `cell` goes from now on. */
  open(cell: number, ownership: Ownership): void {
    if (ownership.silent) {
      this.silent.add(cell);
      return;
    }
    const owner = { ...ownership, text: new CellText() };
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

  stream(cell: number, name: StreamName, text: string): void {
    const owner = this.owner(cell);
    if (!owner) return;
    const { length } = owner.text;
    owner.text.add(name, text);
    this.gathered += owner.text.length - length;
    this.waiting.add(owner);
    if (this.gathered >= mostGathered) this.flush();
  }

  error(cell: number, error: ErrorReport): void {
    this.flush();
    const owner = this.owner(cell);
    if (owner) this.publish("error", owner.parent, { ...error });
  }

  /** Sends the text soon: at once after a silence, else when each cell's pause is over. */
  flushSoon(): void {
    const now = performance.now();
    let nextAt = Number.POSITIVE_INFINITY;
    for (const owner of this.waiting) {
      const { dueAt } = owner.text;
      if (dueAt <= now) this.send(owner);
      else nextAt = Math.min(nextAt, dueAt);
    }
    if (nextAt >= this.timerAt) return;
    clearTimeout(this.timer);
    this.timerAt = nextAt;
    this.timer = setTimeout(() => {
      this.timerAt = Number.POSITIVE_INFINITY;
      this.flushSoon();
    }, nextAt - now);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timerAt = Number.POSITIVE_INFINITY;
    for (const owner of this.waiting) this.send(owner);
  }

  private send(owner: Owner): void {
    this.waiting.delete(owner);
    this.gathered -= owner.text.length;
    owner.text.flush((content) => this.publish("stream", owner.parent, content));
  }

  /** Undefined for a silent cell. */
  private owner(cell: number): Owner | undefined {
    if (this.silent.has(cell)) return undefined;
    return this.counted.get(cell) ?? this.uncounted.get(cell) ?? this.last;
  }

  /** What the cell wrote is gone, with `wait` before anything else is shown: it may write as much anew. */
  private clear(owner: Owner, wait: boolean): void {
    owner.text.clear();
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
