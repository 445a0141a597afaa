/**
 * In how many parts the rows of a batch go through a recurrent layer side by side. Steps follow each other, and their
 * products are too small for several threads; rows know nothing of each other, so each part is a loop of its own.
 */

/** Of fewer numbers than this a turn does not outweigh what a thread costs (measured on two cores, 16 to 256 rows of 32 to 512 units). */
const leastNumbers = 1024;
/** Each part reads the whole recurrent kernel in each step, and adds a gradient of it. */
const leastRows = 8;
const mostParts = 8;

/**
 * How many rows each part has, as equal as can be, in order.
 *
 * @param rows at least 1
 * @param units numbers of the state per row
 * @param threads that run ops side by side
 */
export function rowParts(rows: number, units: number, threads: number): number[] {
  const count = Math.max(
    1,
    Math.min(threads, mostParts, Math.floor(rows / leastRows), Math.floor((rows * units) / leastNumbers)),
  );
  const end = (part: number) => Math.floor((part * rows) / count);
  return Array.from({ length: count }, (_, part) => end(part + 1) - end(part));
}
