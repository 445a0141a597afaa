/** Where a problem is told unless said otherwise. */
export function warnOnStandardError(sentence: string): void {
  console.warn(`tunelab: ${sentence}`);
}
