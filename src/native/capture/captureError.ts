/** Thrown when a computation cannot be captured as a graph; it can still run eagerly. */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
}
