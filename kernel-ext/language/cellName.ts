/** How a person is told which cell is meant. */

/**
 * `cell 3`. A cell that a client did not want counted (`store_history: false`, as nbval runs them) has a number below 1
 * inside the kernel, which nobody saw.
 */
export function cellName(cell: number): string {
  return cell > 0 ? `cell ${cell}` : "a cell without number";
}
