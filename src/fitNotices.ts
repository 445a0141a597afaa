/** What `fit` says aside: of what it assumed, and of what is slower than asked for. */

export function tell(sentence: string): void {
  console.warn(`tunelab: ${sentence}`);
}

const told = new Set<string>();

/**
 * Says a sentence once in this process. Names that end in a number count as one: TensorFlow.js numbers models and layers
 * on, so that in a loop or a sweep each training has new ones.
 */
export function tellOnce(sentence: string): void {
  const kind = sentence.replace(/_?\d+(?=")/g, "");
  if (told.has(kind)) return;
  told.add(kind);
  tell(sentence);
}
