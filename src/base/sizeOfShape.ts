/** How many values a tensor of this shape has; 1 for that of a number. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (const axis of shape) size *= axis;
  return size;
}
