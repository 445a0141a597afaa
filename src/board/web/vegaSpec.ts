/** A panel's view as a chart of its own, in the page's colours. */
import type { Spec } from "../inlineData.js";
import { lookConfig } from "../look.js";
import { panelTitle } from "../panelTitle.js";
import { runSelection } from "../section.js";
import { withFittingLegend } from "./fittingLegend.js";
import { panelText } from "./panelText.js";
import { withPlainData } from "./plainData.js";
import { colourOf } from "./theme.js";

/** Runs have the colours they have elsewhere on the page, where their names stand beside them. */
export function vegaSpec(spec: Spec, colours: ReadonlyMap<string, string>): Spec {
  const plain = withPlainData(withFittingLegend(coloured(spec, colours))) as Spec;
  const { title, ...rest } = plain;
  const subtitle = (title as { subtitle?: unknown } | undefined)?.subtitle;
  return {
    ...rest,
    description: panelText(panelTitle(spec), plain),
    // The card says the title.
    // A subtitle below an empty title Vega would leave out.
    ...(subtitle === undefined
      ? {}
      : { title: { text: subtitle, fontSize: 10.5, fontWeight: "normal", color: colourOf("--soft") } }),
    config: config(),
    background: colourOf("--card"),
    autosize: { type: "pad", contains: "padding" },
  };
}

/** The colours stand with the whole chart or with each of its layers. */
function coloured(spec: Spec, colours: ReadonlyMap<string, string>): Spec {
  if (!Array.isArray(spec.layer)) return spec;
  const select = { name: runSelection, select: { type: "point", fields: ["run"] } };
  return {
    ...withRunColours(spec, colours),
    layer: spec.layer.map((layer: Spec) => ({
      ...withRunColours(layer, colours),
      ...(String(layer.name).endsWith("_runs") ? { params: [select] } : {}),
    })),
  };
}

function withRunColours(part: Spec, colours: ReadonlyMap<string, string>): Spec {
  const encoding = part.encoding as Record<string, Spec> | undefined;
  if (encoding?.color?.field !== "run") return part;
  const { domain } = encoding.color.scale as { domain: string[] };
  const scale = { domain, range: domain.map((label) => colours.get(label)) };
  const { strokeDash } = encoding;
  return {
    ...part,
    encoding: {
      ...encoding,
      color: { ...encoding.color, scale, legend: null },
      ...(strokeDash?.field === "run" && { strokeDash: { ...strokeDash, legend: null } }),
    },
  };
}

/** Colours of texts as the page has them now. */
function config(): Spec {
  const [text, soft, line] = ["--text", "--soft", "--line"].map(colourOf);
  return {
    font: "system-ui, Segoe UI, Helvetica, Arial, sans-serif",
    view: { stroke: null },
    style: lookConfig({ ink: text ?? "", ground: colourOf("--card") }).style,
    axis: {
      labelColor: soft,
      titleColor: soft,
      domainColor: line,
      tickColor: line,
      gridColor: line,
      titleFontWeight: "normal",
      labelFontSize: 11,
      titleFontSize: 11,
    },
    title: { color: text, subtitleColor: soft, anchor: "start", frame: "group", fontSize: 12 },
    legend: { labelColor: text, titleColor: soft },
  };
}
