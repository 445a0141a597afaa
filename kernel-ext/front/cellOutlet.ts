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
}

interface Owner extends Ownership {
  /** UTF-16 units of stream text sent on. */
  written: number;
}

/** Least time between two messages of text alone, in milliseconds: a message a line would drown the client. */
const breath = 10;
/** Cells whose late output still finds its place. */
const mostOwners = 1000;

/**
 * Invariants: messages leave in the order of the events; consecutive text of one stream and cell is one message;
 * after `flush` nothing is held back.
 */
export class CellOutlet {
  private readonly owners = new Map<number, Owner>();
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = 0;
  private text: { cell: number; name: "stdout" | "stderr"; parts: string[] } | undefined;

  constructor(private readonly publish: Publish) {}

  /** Says where output of `cell` goes from now on. */
  open(cell: number, ownership: Ownership): void {
    this.owners.set(cell, { ...ownership, written: 0 });
    if (this.owners.size > mostOwners) this.owners.delete(this.owners.keys().next().value as number);
  }

  /** Whose request output of `cell` stands below. */
  parent(cell: number): Partial<Header> {
    return this.owners.get(cell)?.parent ?? {};
  }

  take(event: Output): void {
    if (event.type === "stream") {
      this.stream(event.cell, event.name, event.text);
      return;
    }
    this.flush();
    const owner = this.owners.get(event.cell);
    if (!owner || owner.silent) return;
    const { parent } = owner;
    if (event.type === "display") this.display(event, parent);
    else if (event.type === "clear") this.publish("clear_output", parent, { wait: event.wait });
    else if (event.type === "result") this.result(event, owner);
    else if (event.type === "error") this.error(event.cell, event.error);
  }

  stream(cell: number, name: "stdout" | "stderr", text: string): void {
    if (this.text && (this.text.cell !== cell || this.text.name !== name)) this.flush();
    this.text ??= { cell, name, parts: [] };
    this.text.parts.push(text);
  }

  error(cell: number, error: ErrorReport): void {
    this.flush();
    const owner = this.owners.get(cell);
    if (owner && !owner.silent) this.publish("error", owner.parent, { ...error });
  }

  /** Sends the text soon: at once after a silence, else when a breath is over. */
  flushSoon(): void {
    if (!this.text || this.timer) return;
    const left = this.flushedAt + breath - performance.now();
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
    const owner = this.owners.get(text.cell);
    if (!owner || owner.silent || owner.written > mostText) return;
    const whole = text.parts.join("");
    const shown = whole.slice(0, mostText - owner.written);
    owner.written += whole.length;
    if (shown !== "") this.publish("stream", owner.parent, { name: text.name, text: shown });
    if (owner.written > mostText) {
      const note = `\n[tunelab: this cell wrote more than ${mostText / 1024 / 1024} MB; the rest is not shown]\n`;
      this.publish("stream", owner.parent, { name: "stderr", text: note });
    }
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
