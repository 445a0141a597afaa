/** Padding by numbers of rows and columns, which TensorFlow.js knows everywhere and TensorFlow in some ops only. */

/** One spatial axis of a convolution or a pooling. */
export interface Axis {
  readonly size: number;
  /** Rows before the first. */
  readonly before: number;
  readonly out: number;
  readonly stride: number;
  /** Rows that a window spans, dilation included. */
  readonly window: number;
}

/**
 * Rows before the first and after the last.
 *
 * What stands after the last row follows from the output's size: rounding it up needs more rows than were asked for,
 * and rounding it down leaves some unread.
 */
export function padsOf({ size, before, out, stride, window }: Axis): [number, number] {
  return [before, Math.max(0, (out - 1) * stride + window - size - before)];
}

/** Whether TensorFlow's own `SAME` or `VALID` says it all. */
export function isPlain({ type }: { readonly type: string }): boolean {
  return type === "SAME" || type === "VALID";
}
