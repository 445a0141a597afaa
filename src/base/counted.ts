/** How many there are of something, as a sentence says it: `1 layer`, `12,000 layers`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}
