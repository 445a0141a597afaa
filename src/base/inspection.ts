/** What `console.log` and Node's `inspect` show of values of ours, in a program and in a notebook. */

/** The key under which Node's `inspect` looks for it; other engines know nothing of it. */
export const inspectKey = Symbol.for("nodejs.util.inspect.custom");

/** As Node calls it: `depth` is what is left of `options.depth`; null means no limit. */
type Inspect<T> = (
  this: T,
  depth: number | null,
  options: { readonly depth?: number | null | undefined },
) => unknown;

/** The first of its lines. */
function firstLine(text: string): string {
  const end = text.indexOf("\n");
  return end < 0 ? text : text.slice(0, end);
}

/** A method for `inspectKey`: the whole text of a value by itself, a line within another value. */
export function inspectedAs<T>(
  text: (value: T) => string,
  line = (value: T): string => firstLine(text(value)),
): Inspect<T> {
  return function (depth, options) {
    const isWithin = depth !== null && depth !== (options.depth ?? null);
    return isWithin ? line(this) : text(this);
  };
}

/** Makes instances of a class show a text in place of their fields. */
export function inspectInstances<T extends object>(
  { prototype }: { readonly prototype: T },
  text: (value: T) => string = String,
  line?: (value: T) => string,
): void {
  const inspect = inspectedAs(text, line);
  Object.defineProperty(prototype, inspectKey, {
    /** The prototype itself has no fields to tell of. */
    value(this: T, ...given: Parameters<Inspect<T>>): unknown {
      return this === prototype ? this : inspect.apply(this, given);
    },
    configurable: true,
    writable: true,
  });
}
