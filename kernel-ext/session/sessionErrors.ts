/** What is told of errors: of those that a cell failed with, and of those that no cell waits for. */
import type { CellMaps } from "./cellMaps.js";
import type { CellOutput } from "./cellOutput.js";
import type { CellRecord } from "./compiledCell.js";
import { errorReport, lateErrorText } from "./errorReport.js";
import { OwnSet, withIntrinsics } from "./intrinsics.js";
import { LateErrors } from "./lateErrors.js";
import type { ErrorReport } from "./protocol.js";

interface Untold {
  readonly error: unknown;
  readonly cell: number;
  /** How long the same error counts as told already. */
  readonly until: "rejections" | "turn";
}

export class SessionErrors {
  private readonly late: LateErrors;
  /** Errors of promises that the running cell gave as its value instead of waiting for them. */
  private readonly unawaited = new OwnSet<unknown>();

  /** @param records Cells run, oldest first. */
  constructor(
    private readonly output: CellOutput,
    private readonly maps: CellMaps,
    private readonly records: readonly CellRecord[],
  ) {
    this.late = new LateErrors((cell, text) => output.writeMapped("stderr", text, cell));
  }

  /** A cell begins. */
  begin(): void {
    this.unawaited.clear();
  }

  /** The running cell fails with the error of a promise that it did not wait for. */
  noteUnawaited(error: unknown): void {
    this.unawaited.add(error);
  }

  /**
   * @param cell the one that failed.
   * @param interruptedAt the stack of where it was, if an interrupt came for it.
   */
  report(error: unknown, cell?: number, interruptedAt?: string): ErrorReport {
    if (cell !== undefined) this.late.noteTold(error, cell);
    const unawaited = this.unawaited.has(error);
    const earlier = withIntrinsics(() => this.records.filter(({ number }) => number !== cell));
    return errorReport(error, this.maps, {
      unawaited,
      earlier,
      ...(cell !== undefined && { cell }),
      ...(interruptedAt !== undefined && { interruptedAt }),
    });
  }

  /** Tells of an error that no cell waits for, such as a throw in a callback. */
  reportLate(error: unknown, what: string): void {
    this.tellLate(this.output.cell, () => `${what}: ${lateErrorText(error, this.maps)}`);
  }

  /**
   * Tells of a promise that failed while nobody waited for it. Those that were derived of it (`then`, an `async` function)
   * fail with the same error at the same time: it is told once. One that fails later is counted.
   */
  reportUnhandled(error: unknown): void {
    this.tellOnce(
      { error, cell: this.output.cell, until: "rejections" },
      () => `Unhandled rejection: ${lateErrorText(error, this.maps, { unawaited: true })}`,
    );
  }

  /** Tells of a shown value that failed when its cell waited for it no longer. */
  reportUnshown(error: unknown, cell: number): void {
    this.tellOnce(
      { error, cell, until: "turn" },
      () => `What was shown failed: ${lateErrorText(error, this.maps)}`,
    );
  }

  private tellOnce({ error, cell, until }: Untold, text: () => string): void {
    const before = this.late.noteTold(error, cell, until);
    if (before === "now") return;
    if (before === "earlier") this.late.count(cell);
    else this.tellLate(cell, text);
  }

  private tellLate(cell: number, text: () => string): void {
    // Not around the counting: a flood would pay for each.
    this.late.tell(cell, () => withIntrinsics(text));
  }
}
