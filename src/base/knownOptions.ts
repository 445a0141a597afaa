/** Options with names that nobody reads are a slip of the pen: said at once, with the name that was meant. */
import { editDistance } from "./editDistance.js";

/** Every option's name, once: `Record<keyof SomeOptions, true>` makes the compiler hold it to the interface. */
export type OptionNames<T> = Readonly<Record<keyof T & string, true>>;

/**
 * @param what whose options they are, such as `models.mlp`
 * @param notes what to say of names that people know from elsewhere, in place of the nearest name
 * @throws TypeError unless the options are an object, RangeError for the first unknown one: with the name that was meant, or
 * with all of them where none is near.
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
  const note = Object.hasOwn(notes, wrong) ? notes[wrong] : nearNote(wrong, names);
  const all = note === undefined ? ` (${names.join(", ")})` : "";
  const meant = note === undefined ? "" : `, ${note}`;
  throw new RangeError(`${what} needs options it knows${all}; it was given "${wrong}"${meant}`);
}

function nearNote(wrong: string, names: readonly string[]): string | undefined {
  const near = nearest(wrong, names);
  return near === undefined ? undefined : `the nearest is "${near}"`;
}

/** At most a third of its letters away, or one; a name of one letter is not near to another. */
function nearest(wrong: string, names: readonly string[]): string | undefined {
  return names
    .map((name) => ({ name, distance: distanceOf(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter(
      ({ name, distance }) => distance < name.length && distance <= Math.max(1, Math.floor(name.length / 3)),
    )
    .sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** A name shortened or lengthened is nearer than one with other letters; of one or two letters that says nothing. */
function distanceOf(wrong: string, name: string): number {
  const isPart = Math.min(wrong.length, name.length) > 2 && (name.includes(wrong) || wrong.includes(name));
  return isPart ? 1 : editDistance(wrong, name);
}
