/** The host of a program started from a terminal: text on stdout, Ctrl-C interrupts. */
import { readFileSync } from "node:fs";
import type { Host, MimeBundle, Shown, SourceText } from "./host.js";

/** What the host needs of a stream such as `process.stdout`. */
export interface TextStream {
  write(text: string): unknown;
  /** A terminal, whose lines can be written over. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Tells whether somebody else wrote meanwhile. */
  readonly bytesWritten?: number;
}

/** Least time between two texts of one display that is updated, in milliseconds: on a terminal, and in a file. */
const interval = { terminal: 100, file: 5000 };

/**
 * A host that prints `text/plain`. On a terminal an update is written over the text before, in a file below it.
 * The first Ctrl-C aborts `signal()`, a second one ends the process. The SIGINT handler is only installed once
 * somebody asked for the signal.
 */
export function terminalHost(stream: TextStream = process.stdout): Host {
  let controller: AbortController | undefined;
  return {
    kind: "terminal",
    display: (bundle) => new TerminalDisplay(bundle, stream),
    signal() {
      if (!controller) {
        controller = new AbortController();
        const { signal } = controller;
        process.on("SIGINT", () => (signal.aborted ? process.exit(130) : controller?.abort()));
      }
      return controller.signal;
    },
    sources: mainProgram,
  };
}

/** Displays with a text that waits for its time; what is left of them is printed when the process ends. */
const waiting = new Set<TerminalDisplay>();
let flushesAtExit = false;

/** Invariant: `next` is set exactly while the display is among `waiting`. */
class TerminalDisplay implements Shown {
  private shown = "";
  private next: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private last = Number.NEGATIVE_INFINITY;
  /** How much the stream had written when this display's text was its last. */
  private bytes: number | undefined;

  constructor(
    bundle: MimeBundle,
    private readonly stream: TextStream,
  ) {
    this.print(plainText(bundle));
  }

  update(bundle: MimeBundle, options: { readonly final?: boolean } = {}): void {
    const text = plainText(bundle);
    const wait = this.last + (this.stream.isTTY ? interval.terminal : interval.file) - performance.now();
    if (wait <= 0 || options.final) {
      this.print(text);
      return;
    }
    this.next = text;
    waiting.add(this);
    if (!flushesAtExit) {
      flushesAtExit = true;
      process.once("exit", () => {
        for (const display of waiting) display.flush();
      });
    }
    this.timer ??= setTimeout(() => this.flush(), wait).unref();
  }

  flush(): void {
    if (this.next !== undefined) this.print(this.next);
  }

  private print(text: string): void {
    this.next = undefined;
    waiting.delete(this);
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = performance.now();
    const lines = this.fitted(text);
    if (lines === "" || lines === this.shown) return;
    this.stream.write(`${this.erase()}${lines}`);
    this.shown = lines;
    this.bytes = this.stream.bytesWritten;
  }

  /** Ends with a line break. On a terminal no line is longer than it is wide. */
  private fitted(text: string): string {
    if (text === "") return "";
    const whole = text.endsWith("\n") ? text : `${text}\n`;
    const { isTTY, columns } = this.stream;
    if (!isTTY || columns === undefined) return whole;
    return whole
      .split("\n")
      .map((line) => (line.length < columns ? line : `${line.slice(0, columns - 2)}…`))
      .join("\n");
  }

  /** Goes up to where this display's text begins and clears from there, unless somebody else wrote below it. */
  private erase(): string {
    if (!this.stream.isTTY || this.shown === "" || this.stream.bytesWritten !== this.bytes) return "";
    return `\u001b[${this.shown.split("\n").length - 1}A\u001b[0J`;
  }
}

function plainText(bundle: MimeBundle): string {
  const text = bundle["text/plain"];
  return Array.isArray(text) ? text.join("") : typeof text === "string" ? text : "";
}

function mainProgram(): SourceText[] {
  const file = process.argv[1];
  if (!file) return [];
  try {
    return [{ name: file, text: readFileSync(file, "utf8") }];
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR"))
      return [];
    throw error;
  }
}
