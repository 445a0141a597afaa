// Data that the benchmark has not: for the runs kept apart and the healthy ones that are made up.
import { data } from "../../../dist/src/index.js";
import { normals, uniforms } from "../random.mjs";

/** Two half moons that reach into each other (the shape of scikit-learn's make_moons). */
export function moons({ rows = 700, validation = 300, noise = 0.15, seed }) {
  const normal = normals(seed, "moons");
  const next = uniforms(seed, "moons angle");
  return labelled("moons", { rows, validation, classes: 2, seed }, (label) => {
    const angle = Math.PI * next();
    const at =
      label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
    return at.map((value) => value + noise * normal());
  });
}

/** Arms of a spiral, one a class, `turns` of a circle long. */
export function spirals({ rows = 700, validation = 300, classes = 2, turns = 0.75, noise = 0.05, seed }) {
  const normal = normals(seed, "spirals");
  const next = uniforms(seed, "spirals radius");
  return labelled("spirals", { rows, validation, classes, seed }, (label) => {
    const radius = 0.2 + 0.8 * next();
    const angle = 2 * Math.PI * (label / classes + turns * radius);
    return [Math.cos(angle), Math.sin(angle)].map((value) => radius * value + noise * normal());
  });
}

/** Clouds of many columns, of which only `informative` ones tell the classes apart. */
export function gaussians({
  rows = 700,
  validation = 300,
  classes = 3,
  columns = 8,
  informative = columns,
  apart = 1.5,
  seed,
}) {
  const normal = normals(seed, "gaussians");
  const centre = Array.from({ length: classes }, () =>
    Array.from({ length: columns }, (_, column) => (column < informative ? apart * normal() : 0)),
  );
  return labelled("gaussians", { rows, validation, classes, seed }, (label) =>
    centre[label].map((at) => at + normal()),
  );
}

/** A regression: a wave over a plane of many columns, with noise; targets of about −1 to 1. */
export function waves({
  rows = 700,
  validation = 300,
  columns = 3,
  noise = 0.1,
  targetScale = 1,
  targetShift = 0,
  seed,
}) {
  const normal = normals(seed, "waves");
  const direction = Array.from({ length: columns }, () => normal() / Math.sqrt(columns));
  const x = Float32Array.from({ length: (rows + validation) * columns }, () => normal());
  const y = Float32Array.from({ length: rows + validation }, (_, row) => {
    const along = direction.reduce((sum, weight, column) => sum + weight * x[row * columns + column], 0);
    return (Math.sin(2 * along) + noise * normal()) * targetScale + targetShift;
  });
  return data.arrays({ name: "waves", x, y, inputShape: [columns], task: "regression", validation, seed });
}

function labelled(name, { rows, validation, classes, seed }, pointOf) {
  const y = Int32Array.from({ length: rows + validation }, (_, row) => row % classes);
  const points = Array.from(y, pointOf);
  return data.arrays({
    name,
    x: Float32Array.from(points.flat()),
    y,
    inputShape: [points[0].length],
    classes,
    validation,
    seed,
  });
}
