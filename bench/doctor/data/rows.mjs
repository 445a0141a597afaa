// Samples of a part as plain arrays, which the faults of the data change: { x, y, width, inputShape }.

export function rowsOf({ x, y, size, inputShape }) {
  return {
    x: Float32Array.from(x),
    y: Int32Array.from(y),
    width: x.length / size,
    inputShape: [...inputShape],
  };
}

/** The rows at these places, in this order. */
export function pick({ x, y, width, ...rest }, places) {
  const picked = new Float32Array(places.length * width);
  places.forEach((from, row) => {
    picked.set(x.subarray(from * width, (from + 1) * width), row * width);
  });
  return { ...rest, width, x: picked, y: Int32Array.from(places, (from) => y[from]) };
}

/** The rows of one after those of the other. */
export function joined(first, second) {
  const x = new Float32Array(first.x.length + second.x.length);
  x.set(first.x);
  x.set(second.x, first.x.length);
  return { ...first, x, y: Int32Array.of(...first.y, ...second.y) };
}
