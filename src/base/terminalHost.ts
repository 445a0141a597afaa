/** The host of a program started from a terminal: text on stdout, Ctrl-C interrupts. */
import { readFileSync } from "node:fs";
import type { Host, MimeBundle, Shown, SourceText } from "./host.js";

/** Least time between two texts of one display that is updated, in milliseconds. */
const updateInterval = 500;

/**
 * A host that prints `text/plain`. The first Ctrl-C aborts `signal()`, a second one ends the process.
 * The SIGINT handler is only installed once somebody asked for the signal.
 */
export function terminalHost(write: (text: string) => void = (text) => process.stdout.write(text)): Host {
  let controller: AbortController | undefined;
  return {
    kind: "terminal",
    display: (bundle) => new TerminalDisplay(bundle, write),
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

class TerminalDisplay implements Shown {
  private shown = "";
  private next: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    bundle: MimeBundle,
    private readonly write: (text: string) => void,
  ) {
    this.print(plainText(bundle));
  }

  update(bundle: MimeBundle): void {
    this.next = plainText(bundle);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (this.next !== undefined) this.print(this.next);
    }, updateInterval);
  }

  private print(text: string): void {
    this.next = undefined;
    if (text === "" || text === this.shown) return;
    this.shown = text;
    this.write(text.endsWith("\n") ? text : `${text}\n`);
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
