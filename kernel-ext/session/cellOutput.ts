/** Where everything a cell writes or shows goes: to the front, or into a capture. */
import { Console } from "node:console";
import process from "node:process";
import { Writable } from "node:stream";
import { TextDecoder } from "node:util";
import { Attribution } from "./attribution.js";
import type { Captured } from "./magicContext.js";
import type { ShownValue } from "./ownBundle.js";
import { includes, matches, OwnUint8Array } from "./primordials.js";
import type { MimeData, SessionEvent } from "./protocol.js";
import { showableBundle } from "./showableBundle.js";

type StreamName = "stdout" | "stderr";

interface Capture {
  /** Late output of other cells is none of its. */
  readonly cell: number;
  stdout: string;
  stderr: string;
  readonly displays: MimeData[];
}

export interface DisplayOptions {
  readonly metadata?: MimeData;
  readonly id?: string;
  readonly update?: boolean;
  /** The cell it belongs to. Default: the one whose code runs. */
  readonly cell?: number;
}

/**
 * Invariant: events leave in the order of the calls; a call returns when its event is on the operating system's side.
 */
export class CellOutput {
  /** Whose what is written now is. */
  readonly attribution = new Attribution();
  private readonly captures: Capture[] = [];

  /** @param rewrite maps positions in text on its way out. */
  constructor(
    readonly emit: (event: SessionEvent) => void,
    private readonly rewrite: (text: string) => string,
  ) {}

  /** The cell that what is written now belongs to; 0 before the first. */
  get cell(): number {
    return this.attribution.cell;
  }

  write(name: StreamName, text: string): void {
    if (text === "") return;
    this.writeMapped(name, includes(text, "cell-") || includes(text, "?v=") ? this.rewrite(text) : text);
  }

  /** Writes text whose positions are the person's already. */
  writeMapped(name: StreamName, text: string, cell = this.cell): void {
    const capture = this.captureOf(cell);
    if (capture) capture[name] += text;
    else this.emit({ type: "stream", cell, name, text });
  }

  /** Throws for what no client can take; see `showableBundle`. */
  display(bundle: MimeData, options: DisplayOptions = {}): void {
    this.displayShowable(showableBundle(bundle), options);
  }

  /** @param data of `showableBundle`. */
  displayShowable(data: MimeData, options: DisplayOptions = {}): void {
    const capture = this.captureOf(options.cell ?? this.cell);
    if (capture) capture.displays.push(data);
    else this.emit({ type: "display", cell: this.cell, data, ...options });
  }

  /**
   * Shows values of `cell` where one belongs now, however late they come: in the capture that is open. What it returns
   * throws for what no client can take; see `showableBundle`.
   */
  displayer(cell: number): (shown: ShownValue) => void {
    const capture = this.captureOf(cell);
    return ({ data: bundle, metadata, note }) => {
      const data = showableBundle(bundle);
      if (note !== undefined) {
        if (capture) capture.stderr += `${note}\n`;
        else this.emit({ type: "stream", cell, name: "stderr", text: `${note}\n` });
      }
      if (capture) capture.displays.push(data);
      else this.emit({ type: "display", cell, data, metadata });
    };
  }

  /** The value of `cell`'s last expression. Throws for what no client can take; see `showableBundle`. */
  result(cell: number, { data: bundle, metadata, note }: ShownValue): void {
    const data = showableBundle(bundle);
    if (note !== undefined) this.writeMapped("stderr", `${note}\n`, cell);
    const capture = this.captureOf(cell);
    if (capture) capture.displays.push(data);
    else this.emit({ type: "result", cell, data, metadata });
  }

  clear(wait: boolean): void {
    const { cell } = this;
    if (!this.captureOf(cell)) this.emit({ type: "clear", cell, wait });
  }

  async capture<T>(work: () => Promise<T>): Promise<Captured<T>> {
    const capture: Capture = { cell: this.cell, stdout: "", stderr: "", displays: [] };
    this.captures.push(capture);
    try {
      const value = await work();
      const { stdout, stderr, displays } = capture;
      return { value, stdout, stderr, displays };
    } finally {
      this.captures.splice(this.captures.indexOf(capture), 1);
    }
  }

  /** The innermost capture of what `cell` writes. */
  private captureOf(cell: number): Capture | undefined {
    for (let at = this.captures.length - 1; at >= 0; at--) {
      if (this.captures[at]?.cell === cell) return this.captures[at];
    }
    return undefined;
  }

  /** Drops captures left by an abandoned cell. */
  endCaptures(): void {
    this.captures.length = 0;
  }

  /** Makes `process.stdout`, `process.stderr` and `console` of this process write here. */
  install(): void {
    const stdout = this.stream("stdout", 1);
    const stderr = this.stream("stderr", 2);
    Object.defineProperty(process, "stdout", { value: stdout, configurable: true, enumerable: true });
    Object.defineProperty(process, "stderr", { value: stderr, configurable: true, enumerable: true });
    const own = new Console({ stdout, stderr, ignoreErrors: false });
    for (const key of Object.keys(own) as (keyof Console)[]) {
      const method = own[key];
      if (typeof method === "function") Object.assign(console, { [key]: method });
    }
  }

  private stream(name: StreamName, fd: number): Writable {
    const stream = new Writable({ decodeStrings: false });
    const decoder = new TextDecoder();
    const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      this.write(name, textOf(chunk, { name, encoding, decoder }));
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done);
      return true;
    };
    // A notebook's output does not end: later cells write too.
    const end = (...given: unknown[]): Writable => {
      const done = given.find((one) => typeof one === "function");
      if (given[0] !== undefined && given[0] !== null && given[0] !== done) write(given[0], given[1]);
      process.nextTick(() => {
        if (typeof done === "function") done();
        stream.emit("finish");
      });
      return stream;
    };
    return Object.assign(stream, { write, end, fd, isTTY: false });
  }
}

interface Written {
  readonly name: StreamName;
  readonly encoding: unknown;
  /** Keeps a character's bytes until all of them were written. */
  readonly decoder: TextDecoder;
}

/** What a terminal shows of `chunk`: it reads UTF-8. */
function textOf(chunk: unknown, { name, encoding, decoder }: Written): string {
  if (chunk instanceof OwnUint8Array) return decoder.decode(chunk, { stream: true });
  if (typeof chunk !== "string")
    throw new TypeError(`writing to ${name} takes a string or a Uint8Array, got ${typeof chunk}`);
  if (typeof encoding !== "string" || matches(/^utf-?8$/i, encoding)) return chunk;
  if (!Buffer.isEncoding(encoding)) {
    throw new TypeError(`writing to ${name} takes an encoding that Buffer knows, got ${encoding}`);
  }
  return decoder.decode(Buffer.from(chunk, encoding), { stream: true });
}
