import type { LayerSummary } from "./base/modelSummary.js";

/** What a layer is known by, in words: without its name and the numbers that it begins with. */
export function layerText({
  kind,
  units,
  activation,
  rate,
  trainable,
  parameters,
  ...rest
}: LayerSummary): string {
  const { initializer, penalties } = rest;
  const parts = [
    kind,
    ...(units === undefined ? [] : [`${units} units`]),
    ...(activation === undefined ? [] : [activation]),
    ...(initializer === undefined ? [] : [initializer]),
    ...(rate === undefined ? [] : [`rate ${rate}`]),
    ...(penalties ? [`penalties ${JSON.stringify(Object.values(penalties))}`] : []),
    ...(trainable ? [] : ["frozen"]),
    `${parameters} parameters`,
  ];
  return parts.join(" ");
}
