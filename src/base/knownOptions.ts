/** Options with names that nobody reads are a slip of the pen: said at once, with the name that was meant. */
import { editDistance } from "./editDistance.js";

/** Every option's name, once: `Record<keyof SomeOptions, true>` makes the compiler hold it to the interface. */
export type OptionNames<T> = Readonly<Record<keyof T & string, true>>;

/**
 * @param what whose options they are, such as `models.mlp`
 * @param notes what to say of names that people know from elsewhere, in place of the nearest name
 * @throws TypeError unless the options are an object, RangeError with the known name nearest to the first unknown one.
 * @example refuseUnknown("adam", { learningrate: 0.1 }, { learningRate: true, beta1: true })
 */
export function refuseUnknown(
  what: string,
  options: object,
  known: Readonly<Record<string, true>>,
  notes: Readonly<Record<string, string>> = {},
): void {
  const names = Object.keys(known);
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new TypeError(
      `${what} needs an object of options such as { ${names[0]}: … }; it was given ${JSON.stringify(options) ?? String(options)}`,
    );
  const wrong = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (wrong === undefined) return;
  const note = Object.hasOwn(notes, wrong) ? notes[wrong] : `the nearest is "${nearest(wrong, names)}"`;
  throw new RangeError(
    `${what} needs options it knows (${names.join(", ")}); it was given "${wrong}", ${note}`,
  );
}

function nearest(wrong: string, names: readonly string[]): string | undefined {
  const distance = new Map(names.map((name) => [name, distanceOf(wrong.toLowerCase(), name.toLowerCase())]));
  return names.toSorted((a, b) => (distance.get(a) ?? 0) - (distance.get(b) ?? 0))[0];
}

/** A name shortened or lengthened is nearer than one with other letters. */
function distanceOf(wrong: string, name: string): number {
  return name.includes(wrong) || wrong.includes(name) ? 1 : editDistance(wrong, name);
}
