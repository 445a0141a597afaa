/** Brushes, and the cells around points in which the nearest is picked, Vega announces as symbols without a name: hidden from who cannot see them. */

/** A mark of Vega's specification, or the specification itself: a group. */
interface VegaMark {
  readonly name?: string;
  readonly marks?: readonly VegaMark[];
}

/** As vega-embed's `patch` takes it. */
export function withSilentBrushes<T extends VegaMark>(spec: T): T {
  const { marks, name = "" } = spec;
  return {
    ...spec,
    ...(marks ? { marks: marks.map(withSilentBrushes) } : {}),
    ...(/_(brush|brush_bg|voronoi)$/.test(name) ? { aria: false } : {}),
  };
}
