import { MagicError } from "./magicError.js";

/**
 * The cells that `--cells 1,4-6` means, in rising order.
 *
 * @throws MagicError for anything but numbers and ranges.
 */
export function cellNumbers(list: string): number[] {
  const numbers = new Set<number>();
  for (const part of list.split(",")) {
    const range = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    const from = Number(range?.[1]);
    const to = Number(range?.[2] ?? range?.[1]);
    if (!range || from > to || to - from > 10_000)
      throw new MagicError(
        `--cells takes numbers and ranges such as 1,4-6, but was given ${JSON.stringify(list)}`,
      );
    for (let number = from; number <= to; number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}
