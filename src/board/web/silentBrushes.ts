/** A brush is a rectangle that Vega announces as a symbol without a name: it is hidden from who cannot see it. */

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
    ...(/_brush(_bg)?$/.test(name) ? { aria: false } : {}),
  };
}
