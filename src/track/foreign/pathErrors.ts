/** What a search for runs passes over. */

/** Who looks has no right to, or a link leads round in a circle. */
const closed: readonly unknown[] = ["EACCES", "EPERM", "ELOOP"];
/** It was there a moment ago. */
const gone: readonly unknown[] = ["ENOENT", "ENOTDIR"];

export function isClosed(error: unknown): boolean {
  return closed.includes((error as NodeJS.ErrnoException).code);
}

export function isGone(error: unknown): boolean {
  return gone.includes((error as NodeJS.ErrnoException).code);
}
