/** Inputs that nobody normalised: each number times `scale` plus `shift`; those of one `column` alone where it is given. */
export function rescaled(rows, { scale = 1, shift = 0, column }) {
  const isMeant = (at) => column === undefined || at % rows.width === column;
  return { ...rows, x: rows.x.map((value, at) => (isMeant(at) ? value * scale + shift : value)) };
}

/** The label as one more input. */
export function withLabel({ x, y, width, ...rest }) {
  const wider = new Float32Array(y.length * (width + 1));
  y.forEach((label, row) => {
    wider.set(x.subarray(row * width, (row + 1) * width), row * (width + 1));
    wider[row * (width + 1) + width] = label;
  });
  return { ...rest, x: wider, y, width: width + 1, inputShape: [width + 1] };
}
