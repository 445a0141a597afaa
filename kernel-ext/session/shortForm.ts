/** Readable text for values whose inspection would fill the screen: tensors, models, long typed arrays, timers. */
import { inspect, types } from "node:util";
import { withIntrinsics } from "./intrinsics.js";
import { isArray, isBuffer, isView, matches } from "./primordials.js";
import { property } from "./property.js";

/** Undefined for every other value. Values are known by their shape, not their class: any copy of tfjs will do. */
export function shortForm(value: unknown): string | undefined {
  if (isTensor(value)) return tensorForm(value);
  if (isModel(value)) return modelForm(value);
  if (types.isPromise(value) && isPending(value)) return "Promise { <pending> }: `await` gives its value";
  if (isNumbers(value) && value.length > shownNumbers) return withIntrinsics(() => numbersForm(value));
  if (isTimer(value)) return timerForm(value);
  return undefined;
}

/** Told by its inspection alone. */
function isPending(promise: Promise<unknown>): boolean {
  return matches(/^[\w$]*\s?\{ <pending>/, inspect(promise, { depth: 0, customInspect: false }));
}

interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  dataSync(): ArrayLike<unknown>;
  toString(): string;
}

export function isTensor(value: unknown): value is TensorLike {
  return (
    isArray(property(value, "shape")) &&
    typeof property(value, "dtype") === "string" &&
    typeof property(value, "dataSync") === "function" &&
    property(value, "dataId") !== undefined
  );
}

/** tfjs's own text, which shortens long axes, below dtype and shape. */
export function tensorForm(tensor: TensorLike): string {
  const head = tensorHead(tensor);
  return tensor.isDisposed ? head : `${head}\n${tensorBody(tensor).replace(/^\n/, "")}`;
}

/** How many values the shape asks for. */
export function tensorSize({ shape }: TensorLike): number {
  return shape.reduce((product, axis) => product * axis, 1);
}

export function tensorHead({ dtype, shape, isDisposed }: TensorLike): string {
  return `Tensor ${dtype} [${shape.join(", ")}]${isDisposed ? " (disposed)" : ""}`;
}

/**
 * The values as tfjs writes them. It makes tensors of lists of unequal length, which it can then not write, or writes as
 * if they were whole: of such a tensor what it holds is told.
 */
export function tensorBody(tensor: TensorLike): string {
  const values = tensor.dataSync();
  const size = tensorSize(tensor);
  const needed = tensor.dtype === "complex64" ? 2 * size : size;
  if (values.length !== needed) return `    ${unevenValues(values, needed)}`;
  // What was read once is not read again.
  const read = Object.create(tensor, { dataSync: { value: () => values } }) as TensorLike;
  return read.toString().replace(/^Tensor/, "");
}

function unevenValues(values: ArrayLike<unknown>, needed: number): string {
  const first = Array.from({ length: Math.min(values.length, shownNumbers) }, (_, at) => inspect(values[at]));
  if (values.length > shownNumbers) first.push("…");
  return `not whole: the shape asks for ${needed} values, but there are ${values.length}: ${first.join(", ")}`;
}

interface ModelLike {
  summary(width?: number, positions?: number[], print?: (line: string) => void): void;
}

function isModel(value: unknown): value is ModelLike {
  return (
    isArray(property(value, "layers")) &&
    typeof property(value, "summary") === "function" &&
    typeof property(value, "predict") === "function"
  );
}

function modelForm(model: ModelLike): string | undefined {
  const lines: string[] = [];
  model.summary(undefined, undefined, (line) => lines.push(line));
  return lines.length > 0 ? lines.join("\n") : undefined;
}

type Numbers = ArrayLike<number | bigint> & { readonly constructor: { readonly name: string } };

/** A typed array up to this length is shown whole, of a longer one both ends. */
const shownNumbers = 20;
const end = 5;

function isNumbers(value: unknown): value is Numbers {
  return isView(value) && !types.isDataView(value) && !isBuffer(value);
}

/** `Float64Array(1000) [ 0, 0.5, …, 499, 499.5 ]`, each number as Node writes it. */
function numbersForm(numbers: Numbers): string {
  const text = (at: number) => inspect(numbers[at]);
  const first = Array.from({ length: end }, (_, at) => text(at));
  const last = Array.from({ length: end }, (_, at) => text(numbers.length - end + at));
  return `${numbers.constructor.name}(${numbers.length}) [ ${[...first, "…", ...last].join(", ")} ]`;
}

interface Timer {
  /** Milliseconds; -1 once the timer was cleared. */
  readonly _idleTimeout: number;
  /** Milliseconds of an interval. */
  readonly _repeat: number | null;
}

/** What `setTimeout` and `setInterval` give. */
function isTimer(value: unknown): value is Timer {
  return (
    typeof property(value, "_idleTimeout") === "number" &&
    typeof property(value, "hasRef") === "function" &&
    typeof property(value, "refresh") === "function"
  );
}

function timerForm({ _idleTimeout: after, _repeat: every }: Timer): string {
  if (typeof every === "number") return `Timeout (every ${every} ms)`;
  return after < 0 ? "Timeout (cleared)" : `Timeout (${after} ms)`;
}
