/** The factors of several outputs' losses: inputs of a step, so that trials over them share a capture. */

/** By which a step is fed them; none for one output, whose loss counts as it is. */
export function lossWeightNames(heads: number): string[] {
  return heads === 1 ? [] : Array.from({ length: heads }, (_, k) => `lossWeight ${k}`);
}
