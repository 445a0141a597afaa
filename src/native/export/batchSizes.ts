/** Numbers that follow the size of the batch, computed in the graph from the shape of an input. */
import type { GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import type { Affine } from "./constantRule.js";
import type { GraphWriter } from "./graphWriter.js";

const int32: OpAttribute = { name: "T", type: AttrType.type, value: DType.int32 };

/** Lifecycle: one for a graph. */
export class BatchSizes {
  readonly #writer: GraphWriter;
  readonly #input: GraphTensor;
  #rows: GraphTensor | undefined;

  /** @param input whose first size is that of the batch */
  constructor(writer: GraphWriter, input: GraphTensor) {
    this.#writer = writer;
    this.#input = input;
  }

  /** int32 [], the size by itself. */
  scalar({ scale, offset }: Affine): GraphTensor {
    const writer = this.#writer;
    if (scale === 0) return writer.number(offset);
    this.#rows ??= this.#countRows();
    const scaled = scale === 1 ? this.#rows : this.#computed("Mul", this.#rows, scale);
    return offset === 0 ? scaled : this.#computed("AddV2", scaled, offset);
  }

  /** int32 [n]. TensorFlow sees through a Pack which of the sizes are known. */
  vector(sizes: readonly Affine[]): GraphTensor {
    return this.#writer.add1({
      name: "Pack",
      attributes: [int32, { name: "N", type: AttrType.int, value: sizes.length }],
      inputs: sizes.map((size) => this.scalar(size)),
    });
  }

  /** int32 [n]: 0, 1, …, n − 1. */
  range(length: Affine): GraphTensor {
    const writer = this.#writer;
    return writer.add1({
      name: "Range",
      attributes: [{ name: "Tidx", type: AttrType.type, value: DType.int32 }],
      inputs: [writer.number(0), this.scalar(length), writer.number(1)],
    });
  }

  #computed(name: string, left: GraphTensor, right: number): GraphTensor {
    return this.#writer.add1({ name, attributes: [int32], inputs: [left, this.#writer.number(right)] });
  }

  #countRows(): GraphTensor {
    const writer = this.#writer;
    const type = { name: "T", type: AttrType.type, value: this.#input.dtype };
    const shape = writer.add1({ name: "Shape", attributes: [type], inputs: [this.#input] });
    const one = writer.numbers([1]);
    return writer.add1({
      name: "StridedSlice",
      attributes: [
        int32,
        { name: "Index", type: AttrType.type, value: DType.int32 },
        { name: "shrink_axis_mask", type: AttrType.int, value: 1 },
      ],
      inputs: [shape, writer.numbers([0]), one, one],
    });
  }
}
