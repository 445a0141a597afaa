import { personsLine } from "./personsLine.js";

/** Thrown when a computation cannot be captured as a graph; it can still run eagerly. */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
  /** The line of the person's code that cannot be captured, if there is one; the message ends with it. */
  readonly line: string | undefined;

  constructor(message: string) {
    const line = personsLine();
    super(line === undefined ? message : `${message}, at ${line}`);
    this.line = line;
  }
}
