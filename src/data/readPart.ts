/** Reads samples and targets as people give them: one array of each, or one for each input and output of a model. */
import { inOrder, type Several } from "../base/several.js";
import { sizeOfShape } from "../base/sizeOfShape.js";
import type { Column, TargetColumn } from "./columns.js";
import { flatNumbers, type Numbers } from "./numbers.js";
import { readTargets, type TargetKind } from "./targets.js";

/** Arrays in the order of the names, where they have any. */
export interface Given {
  readonly names: readonly string[] | undefined;
  readonly values: readonly Numbers[];
}

/** What the arrays of a part are to be. */
export interface Layout {
  readonly inputs: { readonly names: readonly string[] | undefined; readonly shapes: readonly Shape[] };
  readonly targets: { readonly names: readonly string[] | undefined; readonly kinds: readonly TargetKind[] };
}
type Shape = readonly number[] | undefined;

/** Invariants: as many samples, at least one, in every column; `layout` is that of what was read. */
export interface Part {
  readonly inputs: readonly Column[];
  readonly targets: readonly TargetColumn[];
  readonly size: number;
  readonly layout: Layout;
}

/**
 * A list is several arrays where one of its entries is a typed array or a tensor; nested arrays alone are one array.
 *
 * @throws TypeError for none at all.
 */
export function givenArrays(given: Numbers | Several<Numbers>, what: string): Given {
  if (Array.isArray(given))
    return { names: undefined, values: given.some(isWhole) ? (given as Numbers[]) : [given] };
  if (isWhole(given) || typeof given !== "object" || given === null)
    return { names: undefined, values: [given as Numbers] };
  const names = Object.keys(given);
  if (names.length === 0)
    throw new TypeError(`data.arrays needs at least one array in ${what}; it was given an empty object`);
  return {
    names,
    values: names.map((name) => (given as Readonly<Record<string, Numbers>>)[name] as Numbers),
  };
}

function isWhole(value: unknown): boolean {
  return ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && "dataSync" in value);
}

/**
 * @param part `x and y` for those of the whole, else the part's name
 * @throws TypeError if shapes do not fit each other. @throws RangeError for values out of bounds.
 */
export function readPart(
  part: string,
  arrays: { x: Numbers | Several<Numbers>; y: Numbers | Several<Numbers> },
  layout: Layout,
): Part {
  const ys = inLayout(`y of ${part}`, arrays.y, layout.targets);
  const xs = inLayout(`x of ${part}`, arrays.x, layout.inputs);
  const read = ys.values.map((y, k) => {
    const where = placeOf(ys, k, part);
    const kind = layout.targets.kinds[k] as TargetKind;
    return { ...readTargets(flatNumbers(y, `y of ${where}`), kind, where), where };
  });
  const [first] = read as [(typeof read)[number]];
  const size = first.values.length / sizeOfShape(first.shape);
  if (size === 0) throw new RangeError(`data.arrays needs at least one sample in ${part}; it was given none`);
  for (const { values, shape, where } of read)
    if (values.length / sizeOfShape(shape) !== size)
      throw new TypeError(
        `data.arrays needs as many targets in every y; y of ${where} holds ${values.length / sizeOfShape(shape)}, y of ${first.where} ${size}`,
      );
  const inputs = xs.values.map((x, i) =>
    readInput(x, { name: xs.names?.[i], where: placeOf(xs, i, part), size, shape: layout.inputs.shapes[i] }),
  );
  const targets = read.map(({ values, shape, kind, taken }, k) => {
    return { name: ys.names?.[k], values, shape, classes: kind.classes, ...(taken && { taken }) };
  });
  return {
    inputs,
    targets,
    size,
    layout: {
      inputs: { names: xs.names, shapes: inputs.map(({ shape }) => shape) },
      targets: { names: ys.names, kinds: read.map(({ kind }) => kind) },
    },
  };
}

/** Of one of several it says which. */
function placeOf({ names, values }: Given, index: number, part: string): string {
  if (!names && values.length === 1) return part;
  const which = names ? `"${names[index]}"` : `number ${index + 1}`;
  return part === "x and y" ? which : `${which} of ${part}`;
}

/** In the layout's order. */
function inLayout(
  what: string,
  given: Numbers | Several<Numbers>,
  {
    names,
    ...rest
  }: { names: readonly string[] | undefined; shapes?: readonly unknown[]; kinds?: readonly unknown[] },
): Given {
  const found = givenArrays(given, what);
  const count = (rest.shapes ?? rest.kinds ?? []).length;
  if (names && found.names) {
    const values = inOrder(given as Several<Numbers>, names, {
      who: "data.arrays",
      what: `an array in ${what}`,
      of: "names",
    });
    const missing = values.indexOf(undefined);
    if (missing >= 0)
      throw new TypeError(
        `data.arrays needs "${names[missing]}" in ${what} as well; it was given ${found.names.join(", ")}`,
      );
    return { names, values: values as Numbers[] };
  }
  if (found.names || found.values.length !== count)
    throw new TypeError(
      `data.arrays needs in ${what} ${count === 1 ? "one array" : `${count} arrays`}${names ? ` (${names.join(", ")})` : ""}, as in x and y; it was given ${found.names?.join(", ") ?? found.values.length}`,
    );
  return { names, values: found.values };
}

function readInput(
  numbers: Numbers,
  to: { name: string | undefined; where: string; size: number; shape: Shape },
): Column {
  const { name, where, size } = to;
  const x = flatNumbers(numbers, `x of ${where}`);
  const flat = x.shape.length === 1 && ArrayBuffer.isView(numbers);
  const shape = to.shape ?? (flat ? [x.values.length / size] : x.shape.slice(1));
  const rowsMatch = flat || x.shape[0] === size;
  if (
    x.values.length !== size * sizeOfShape(shape) ||
    !rowsMatch ||
    !shape.every((side) => Number.isInteger(side) && side > 0)
  )
    throw new TypeError(
      `data.arrays needs in ${where} one row of [${shape.join(", ")}] in x for each of the ${size} entries of y; x has the shape [${x.shape.join(", ")}]`,
    );
  const values = Float32Array.from(x.values);
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0)
    throw new RangeError(
      `data.arrays needs finite numbers in x of ${where}; sample ${Math.floor(bad / sizeOfShape(shape))} holds ${x.values[bad]}`,
    );
  return { name, values, shape };
}
