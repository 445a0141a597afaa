/** Readable text for values whose inspection would fill the screen: tensors, models, long typed arrays. */
import { property } from "./property.js";

/** Undefined for every other value. Values are known by their shape, not their class: any copy of tfjs will do. */
export function shortForm(value: unknown): string | undefined {
  if (isTensor(value)) return tensorForm(value);
  if (isModel(value)) return modelForm(value);
  if (isNumbers(value) && value.length > shownNumbers) return numbersForm(value);
  return undefined;
}

interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  toString(): string;
}

export function isTensor(value: unknown): value is TensorLike {
  return (
    Array.isArray(property(value, "shape")) &&
    typeof property(value, "dtype") === "string" &&
    typeof property(value, "dataSync") === "function" &&
    property(value, "dataId") !== undefined
  );
}

/** tfjs's own text, which shortens long axes, below dtype and shape. */
export function tensorForm(tensor: TensorLike): string {
  const head = `Tensor ${tensor.dtype} [${tensor.shape.join(", ")}]`;
  if (tensor.isDisposed) return `${head} (disposed)`;
  const body = tensor.toString().replace(/^Tensor\n?/, "");
  return `${head}\n${body}`;
}

interface ModelLike {
  summary(width?: number, positions?: number[], print?: (line: string) => void): void;
}

function isModel(value: unknown): value is ModelLike {
  return (
    Array.isArray(property(value, "layers")) &&
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
  return ArrayBuffer.isView(value) && !(value instanceof DataView) && !Buffer.isBuffer(value);
}

/** `Float64Array(1000) [ 0, 0.333333, …, 332.667, 333 ]` */
function numbersForm(numbers: Numbers): string {
  const text = (at: number) => {
    const one = numbers[at] as number | bigint;
    if (typeof one === "bigint") return `${one}n`;
    return String(Number.isInteger(one) ? one : Number(one.toPrecision(6)));
  };
  const first = Array.from({ length: end }, (_, at) => text(at));
  const last = Array.from({ length: end }, (_, at) => text(numbers.length - end + at));
  return `${numbers.constructor.name}(${numbers.length}) [ ${[...first, "…", ...last].join(", ")} ]`;
}
