/** `epoch/valLoss` is called `valLoss`, others by their tag. */
export function metricOf(tag: string): string {
  return tag.startsWith("epoch/") ? tag.slice("epoch/".length) : tag;
}
