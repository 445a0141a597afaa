/** A legend above a chart in as many columns as fit the chart, so that the card is no wider than what it shows. */
import type { Spec } from "../inlineData.js";

/** Pixels of a letter, and of a line's sign with the room beside it. */
const letter = 6;
const sign = 32;

export function withFittingLegend(spec: Spec): Spec {
  const { width, layer, encoding } = spec;
  if (typeof width !== "number") return spec;
  return {
    ...spec,
    ...(encoding === undefined ? {} : { encoding: fitting(encoding as Spec, width) }),
    ...(Array.isArray(layer)
      ? {
          layer: layer.map((part: Spec) =>
            part.encoding === undefined ? part : { ...part, encoding: fitting(part.encoding as Spec, width) },
          ),
        }
      : {}),
  };
}

function fitting(encoding: Spec, width: number): Spec {
  const color = encoding.color as Spec | undefined;
  const legend = color?.legend as Spec | null | undefined;
  const domain = (color?.scale as Spec | undefined)?.domain;
  if (!color || !legend || typeof legend.columns !== "number" || !Array.isArray(domain)) return encoding;
  const longest = Math.max(...domain.map((label) => String(label).length));
  const limit = typeof legend.labelLimit === "number" ? legend.labelLimit : Infinity;
  const columns = Math.max(1, Math.floor(width / (Math.min(limit, longest * letter) + sign)));
  return {
    ...encoding,
    color: { ...color, legend: { ...legend, columns: Math.min(legend.columns, columns) } },
  };
}
