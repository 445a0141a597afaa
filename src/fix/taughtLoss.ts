/** By what a training was taught, as `fit` resolved it: a changed model may make it another than before. */
import type { RunData } from "../track/index.js";

/** The loss's name, of several outputs each one's; undefined where the record says none. */
export function taughtLoss({ record: { model, config } }: Pick<RunData, "record">): string | undefined {
  const outputs = model?.outputs ?? [];
  if (outputs.length === 0) return typeof config.loss === "string" ? config.loss : undefined;
  return outputs
    .map(({ name, loss, ownLoss }) => {
      const said = ownLoss === undefined ? loss : `${loss} of your own`;
      return outputs.length === 1 ? said : `${name}: ${said}`;
    })
    .join(", ");
}
