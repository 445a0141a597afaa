/** Texts: split, hashed, and as n-grams. */
import type { tf } from "../backend.js";
import { DType } from "../dtypes.js";
import { op, op1 } from "../op.js";
import { int32 } from "./castInts.js";
import { registerKernel } from "./registerKernel.js";

type Info = tf.TensorInfo;

interface NGrams {
  readonly separator: string;
  readonly nGramWidths: readonly number[];
  readonly leftPad: string;
  readonly rightPad: string;
  readonly padWidth: number;
  readonly preserveShortSequences: boolean;
}

registerKernel<{ data: Info; dataSplits: Info }, NGrams>("StringNGrams", ({ inputs, attrs }) => {
  const attributes = {
    types: { Tsplits: DType.int32 },
    ints: { ngram_widths: attrs.nGramWidths, pad_width: attrs.padWidth },
    strings: { separator: attrs.separator, left_pad: attrs.leftPad, right_pad: attrs.rightPad },
    bools: { preserve_short_sequences: attrs.preserveShortSequences },
  };
  return op("StringNGrams", attributes, [inputs.data, inputs.dataSplits], 2);
});

registerKernel<{ input: Info; delimiter: Info }, { skipEmpty: boolean }>(
  "StringSplit",
  ({ inputs, attrs }) => {
    const bools = { skip_empty: attrs.skipEmpty };
    const [indices, values, shape] = op("StringSplit", { bools }, [inputs.input, inputs.delimiter], 3);
    return [int32(indices as Info), values as Info, int32(shape as Info)];
  },
);

registerKernel<{ input: Info }, { numBuckets: number }>("StringToHashBucketFast", ({ inputs, attrs }) =>
  int32(op1("StringToHashBucketFast", { ints: { num_buckets: attrs.numBuckets } }, [inputs.input])),
);
