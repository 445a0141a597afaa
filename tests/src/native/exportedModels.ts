/** Saved models that TensorFlow wrote, and what it answers for them: made by tests/oracles/native/exported.py. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { tf } from "../../../src/native/index.js";

/** Of complex64, values are real, imaginary pairs. */
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: readonly (number | string | boolean)[];
}

interface StoredCall {
  readonly model: string;
  readonly tags: string[];
  readonly signature: string;
  readonly inputs: Readonly<Record<string, StoredTensor>>;
  readonly outputs: Readonly<Record<string, StoredTensor>>;
}

const oracles = fileURLToPath(new URL("../../oracles/native/", import.meta.url));

/** The folder of one of them: classifier, keras, versions. */
export function exported(model: string): string {
  return join(oracles, "exported", model);
}

export const storedCalls: readonly StoredCall[] = JSON.parse(
  readFileSync(join(oracles, "exported.json"), "utf8"),
);

export function tensorsOf(stored: StoredCall["inputs"]): tf.NamedTensorMap {
  return Object.fromEntries(Object.entries(stored).map(([name, one]) => [name, tensorOf(one)]));
}

function tensorOf({ dtype, shape, values }: StoredTensor): tf.Tensor {
  if (dtype !== "complex64") return tf.tensor([...values] as number[], shape, standingFor(dtype));
  const half = (at: number) => tf.tensor(values.filter((_, i) => i % 2 === at) as number[], shape);
  return tf.complex(half(0), half(1));
}

/** The type of TensorFlow.js's that stands for one of TensorFlow's. */
function standingFor(dtype: string): tf.DataType {
  if (dtype === "string" || dtype === "bool" || dtype === "complex64") return dtype;
  return dtype.includes("float") ? "float32" : "int32";
}

/** Holds a tensor to what TensorFlow answered: fractions to six digits, all else exactly. */
export async function expectStored(tensor: tf.Tensor | undefined, stored: StoredTensor): Promise<void> {
  expect(tensor?.shape).toEqual(stored.shape);
  expect(tensor?.dtype).toBe(standingFor(stored.dtype));
  const values = Array.from((await tensor?.data()) as Iterable<unknown>, (value) =>
    typeof value === "bigint" ? Number(value) : value,
  );
  expect(values).toEqual(
    stored.values.map((value) =>
      typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 6) : value,
    ),
  );
}
