/** Colours of what is written in a chart, which depend on what the chart stands on. */
import type { Spec } from "./inlineData.js";
import { neutral } from "./palette.js";

export interface Look {
  /** Of every text. */
  readonly ink: string;
  /** What the chart stands on, also behind single texts. */
  readonly ground: string;
}

/** Styles that marks name: a text; the rim in the ground's colour that lets one be read over lines; an edge in it. */
export const written = "written";
export const rim = "rim";
export const edge = "edge";

/** A still picture stands on white wherever it is shown. */
export const stillLook: Look = { ink: "#1f2328", ground: "#ffffff" };

/**
 * A chart in a page takes its text's colour from the page, also when the page's theme changes later. That needs a chart
 * drawn as SVG: a canvas keeps the colours it was painted with.
 */
export const pageLook: Look = {
  ink: "currentColor",
  ground: "var(--jp-layout-color0, var(--vscode-notebook-outputContainerBackgroundColor, Canvas))",
};

/** Light on dark, and so read in a light page and in a dark one: Vega's usual box is white in both. */
export const readableTooltip: Spec = { embedOptions: { tooltip: { theme: "dark" } } };

/** It stands against the client's theme, which is the one of the moment when the chart was drawn. */
export function lookConfig({ ink, ground }: Look): Spec {
  // Vega's guides look for fill, Vega-Lite's marks for color.
  const text = { color: ink, fill: ink };
  return {
    title: { color: ink, subtitleColor: ink },
    axis: { domainColor: neutral, tickColor: neutral, gridColor: neutral, gridOpacity: 0.22 },
    view: { stroke: null },
    style: {
      "guide-label": text,
      "guide-title": text,
      [written]: text,
      [rim]: { color: ground, stroke: ground },
      [edge]: { stroke: ground },
    },
  };
}

/** A specification of a whole chart in one look. Its own configuration is kept. */
export function inLook(spec: Spec, look: Look): Spec {
  const own = (spec.config ?? {}) as Record<string, Spec>;
  const config: Record<string, Spec> = { ...own };
  for (const [part, settings] of Object.entries(lookConfig(look) as Record<string, Spec>))
    config[part] = { ...settings, ...own[part] };
  return {
    ...spec,
    config,
    ...(look === stillLook
      ? { background: look.ground }
      : { background: "transparent", usermeta: drawnAsSvg(spec.usermeta as Spec | undefined) }),
  };
}

function drawnAsSvg(own: Spec = {}): Spec {
  return { ...own, embedOptions: { renderer: "svg", ...(own.embedOptions as Spec | undefined) } };
}
