/** What one cell writes as text, on its way to the client: gathered, so that few messages carry it. */
import { mostText } from "../session/bounds.js";

export type StreamName = "stdout" | "stderr";

/** Sends a message of text. */
export type SendText = (content: { readonly name: StreamName; readonly text: string }) => void;

/** Least time between two messages, in milliseconds: a message a line would drown the client. */
const breath = 10;
/**
 * JupyterLab draws all text of a cell again with each message. So a cell that has written so many UTF-16 units, or a
 * multiple of it, is given that multiple of a breath, though no more than the longest. 200,000 lines are redrawn as
 * 8 MB of text in all then, some three times what they are.
 */
const drawnAtOnce = 16 * 1024;
const longestPause = 2000;
/**
 * That is for text without end. Who writes only now and then is not kept waiting for it: a part of the pause without a
 * word is enough, once another has gone by since the last message. So a line a second is seen 200 ms late at most, and
 * the client draws five times as often at most as it would without this.
 */
const silentPart = 0.1;
const restPart = 0.2;
/**
 * Each change between stdout and stderr takes a message, and makes an output of its own in the notebook; JupyterLab shows
 * 50 of them until it is asked for more. So many keep their order however fast they come; then so few of each message's
 * time do, and the time grows: by a breath for each of the last.
 */
const mostChanges = 1000;
const fewChanges = 4;
const changesAtOnce = 50;

interface Run {
  readonly name: StreamName;
  readonly parts: string[];
}

/**
 * Invariants: text of one stream keeps its order. That of the two keeps it up to `mostChanges` changes, and beyond where
 * no more than `fewChanges` wait; the person is told once where it is lost. At most `mostText` is sent until `clear`.
 */
export class CellText {
  /** UTF-16 units that wait to be sent. */
  length = 0;
  /** What waits; neighbours are of different streams. */
  private runs: Run[] = [];
  /** The order of what waits is not kept. */
  private isMixed = false;
  private isTold = false;
  /** UTF-16 units sent. */
  private written = 0;
  private changes = 0;
  private last: StreamName | undefined;
  private sentAt = Number.NEGATIVE_INFINITY;
  private wroteAt = 0;

  add(name: StreamName, text: string): void {
    if (this.written > mostText) return;
    this.wroteAt = performance.now();
    this.length += text.length;
    this.run(name).parts.push(text);
  }

  /** When what waits is to be sent, by `performance.now()`, if nothing is added until then. */
  get dueAt(): number {
    const breaths = Math.max(1, this.written / drawnAtOnce, this.changes / changesAtOnce);
    const pause = Math.min(longestPause, breath * breaths);
    const silence = this.wroteAt + pause * silentPart;
    const rest = this.sentAt + Math.max(breath, pause * restPart);
    return Math.min(this.sentAt + pause, Math.max(silence, rest));
  }

  /** Sends what waits. */
  flush(send: SendText): void {
    const { runs } = this;
    if (this.isMixed) this.tellMixed(send);
    this.runs = [];
    this.length = 0;
    this.isMixed = false;
    this.sentAt = performance.now();
    for (const run of runs) this.send(run, send);
  }

  /** What was sent is gone from the notebook: as much may be written anew. */
  clear(): void {
    this.written = 0;
    this.changes = 0;
    this.last = undefined;
    this.isTold = false;
  }

  /** Where text of `name` is to be added. */
  private run(name: StreamName): Run {
    const last = this.runs.at(-1);
    if (last?.name === name) return last;
    if (this.runs.length < Math.max(fewChanges, mostChanges - this.changes)) {
      const run = { name, parts: [] };
      this.runs.push(run);
      return run;
    }
    this.isMixed = true;
    // The last but one is of the other stream than the last.
    return this.runs.at(-2) as Run;
  }

  private send({ name, parts }: Run, send: SendText): void {
    if (this.written > mostText) return;
    const whole = parts.join("");
    const shown = whole.slice(0, mostText - this.written);
    this.written += whole.length;
    if (name !== this.last) this.changes++;
    this.last = name;
    if (shown !== "") send({ name, text: shown });
    if (this.written > mostText) {
      const note = `\n[tunelab: this cell wrote more than ${mostText / 1024 / 1024} MB; the rest is not shown]\n`;
      send({ name: "stderr", text: note });
    }
  }

  private tellMixed(send: SendText): void {
    if (this.isTold) return;
    this.isTold = true;
    const most = mostChanges.toLocaleString("en");
    const note = `\n[tunelab: this cell changed between stdout and stderr more than ${most} times; from here on, what it writes within a moment is put together by stream]\n`;
    send({ name: "stderr", text: note });
  }
}
