/** Readable text for values whose inspection would fill the screen: tensors and models. */
import { property } from "./property.js";

/** Undefined for every other value. Values are known by their shape, not their class: any copy of tfjs will do. */
export function shortForm(value: unknown): string | undefined {
  if (isTensor(value)) return tensorForm(value);
  if (isModel(value)) return modelForm(value);
  return undefined;
}

interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  toString(): string;
}

function isTensor(value: unknown): value is TensorLike {
  return (
    Array.isArray(property(value, "shape")) &&
    typeof property(value, "dtype") === "string" &&
    typeof property(value, "dataSync") === "function" &&
    property(value, "dataId") !== undefined
  );
}

/** tfjs's own text, which shortens long axes, below dtype and shape. */
function tensorForm(tensor: TensorLike): string {
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
