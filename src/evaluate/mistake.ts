/** A wrong answer. */
export interface Mistake {
  /** Its place in the split. */
  readonly sample: number;
  readonly label: number;
  readonly predicted: number;
  /** Of the class that was said, 0 to 1. */
  readonly probability: number;
  /** Cross-entropy. */
  readonly loss: number;
}
