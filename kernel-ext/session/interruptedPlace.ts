/** Where a cell was when an interrupt came for it: what V8 was asked to end, else the await at which the cell stood. */
import { cellFrame } from "./cellFrame.js";
import { withIntrinsics } from "./intrinsics.js";
import { captureStack, matches } from "./primordials.js";
import { isOwnStackTrace } from "./stackTraces.js";

export class InterruptedPlace {
  private stuck: string | undefined;
  private awaited: string | undefined;

  /** A stack as V8 writes it, of whose frames one at least names a cell; undefined where that is not known. */
  get stack(): string | undefined {
    return this.stuck ?? this.awaited;
  }

  /** Another cell begins. */
  forget(): void {
    this.stuck = undefined;
    this.awaited = undefined;
  }

  /** The first one counts: rejected awaits let a cell go on to others. Asks for it only where that runs no code of a cell's. */
  noteAwait(place: () => string | undefined): void {
    if (isOwnStackTrace()) this.awaited ??= withIntrinsics(place);
  }

  /**
   * Called through V8's inspector in the midst of whatever computes, just before that is terminated. Runs no code of a
   * cell's, which might not come back: a stack that cells write in their own way is not asked for.
   */
  readonly noteStack = (): void => {
    if (!isOwnStackTrace()) return;
    const stack = withIntrinsics(() => {
      const trace: { readonly stack?: string } = {};
      captureStack(trace, this.noteStack);
      return trace.stack;
    });
    if (typeof stack === "string" && matches(cellFrame, stack)) this.stuck ??= stack;
  };
}
