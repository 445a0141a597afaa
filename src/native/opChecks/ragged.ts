/** RaggedGather writes values into what is to hold splits, where the output's rank is not that of indices and splits. */
import type { CheckedCall, OpCheck } from "./opCheck.js";

export const ragged: Readonly<Record<string, OpCheck>> = { RaggedGather: gatheredRank };

function gatheredRank({ name, attributes, inputs }: CheckedCall): void {
  const indices = inputs.at(-1);
  // TensorFlow keeps the first of a name.
  const rankOf = (attribute: string) => attributes.find((one) => one.name === attribute)?.value as number;
  const splits = rankOf("PARAMS_RAGGED_RANK") ?? inputs.length - 2;
  const wanted = (indices?.shape.length ?? 0) + splits - 1;
  const given = rankOf("OUTPUT_RAGGED_RANK");
  if (given === wanted) return;
  throw new RangeError(
    `${name} of ${splits} splits at indices of rank ${indices?.shape.length} needs an output of ragged rank ${wanted}, but was asked for ${given}`,
  );
}
