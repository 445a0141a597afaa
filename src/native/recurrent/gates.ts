/** What an LSTM's gates are squashed by. */
import type { GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import type { FunctionBuilder } from "./functionBuilder.js";

export interface Gate {
  /** What the gradient needs to know of the gate: `open` and `slope` are functions of it. */
  kept(builder: FunctionBuilder, z: GraphTensor): GraphTensor;
  /** The gate itself, from 0 to 1. */
  open(builder: FunctionBuilder, kept: GraphTensor): GraphTensor;
  /** The gradient of z from that of the gate. */
  slope(builder: FunctionBuilder, of: { kept: GraphTensor; open: GraphTensor; dy: GraphTensor }): GraphTensor;
}

export type GateName = "sigmoid" | "hardSigmoid";

export const gates: Readonly<Record<GateName, Gate>> = {
  sigmoid: {
    kept: (builder, z) => builder.plain("Sigmoid", z),
    open: (_, kept) => kept,
    slope: (builder, { open, dy }) => builder.plain("SigmoidGrad", open, dy),
  },
  /** z/5 + 1/2, clipped to 0 and 1; with a slope up to the very bounds, as TensorFlow.js has it. */
  hardSigmoid: {
    kept: (builder, z) => builder.add(builder.mul(z, builder.float(0.2)), builder.float(0.5)),
    open: (builder, kept) => builder.plain("ClipByValue", kept, builder.float(0), builder.float(1)),
    slope(builder, { kept, open, dy }) {
      const isInside = builder.one("Equal", { types: { T: DType.float32 } }, [kept, open], DType.bool);
      const inside = builder.mul(dy, builder.float(0.2));
      return builder.one("SelectV2", { types: { T: DType.float32 } }, [isInside, inside, builder.float(0)]);
    },
  },
};
