/** A card with one chart of Vega's, drawn when it comes into sight. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Spec } from "../inlineData.js";
import { panelTitle } from "../panelTitle.js";
import type { CardSteps } from "../section.js";
import { CardHead, type Download } from "./cardHead.js";
import { csvText } from "./csvText.js";
import { panelRows } from "./panelRows.js";
import { fileName, saveFile } from "./saveFile.js";
import { withSilentBrushes } from "./silentBrushes.js";
import { chosenPlace, StepSlider } from "./stepSlider.js";
import type { ShownTheme } from "./theme.js";
import { useInSight } from "./useInSight.js";
import { type Embedded, loadVega } from "./vega.js";
import { vegaSpec } from "./vegaSpec.js";

export interface PanelCardProps {
  readonly spec: Spec;
  /** Where it is that of the newest step of several. */
  readonly steps?: CardSteps | undefined;
  readonly colours: ReadonlyMap<string, string>;
  readonly theme: ShownTheme;
}

export function PanelCard({ spec: newest, steps, colours, theme }: PanelCardProps) {
  const [chosen, choose] = useState<number>();
  const [big, setBig] = useState(false);
  const spec = steps ? (steps.specs[chosenPlace(steps.steps, chosen)] as Spec) : newest;
  const card = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<Embedded | undefined>(undefined);
  const drawn = useRef<string | undefined>(undefined);
  const inSight = useInSight(card);
  const [failure, setFailure] = useState<string>();
  const title = panelTitle(spec);
  const full = useMemo(() => vegaSpec(spec, colours), [spec, colours, theme]);
  useLayoutEffect(() => {
    if (!inSight || !place.current) return;
    const text = JSON.stringify(full);
    if (text === drawn.current) return;
    drawn.current = text;
    const stage = document.createElement("div");
    loadVega()
      .then((embed) =>
        embed(stage, full, {
          renderer: "svg",
          actions: false,
          defaultStyle: false,
          // No code is made from text: the page's policy allows none.
          ast: true,
          patch: withSilentBrushes,
          tooltip: { disableDefaultStyle: true },
        }),
      )
      .then((made) => {
        if (drawn.current !== text) return made.finalize();
        chart.current?.finalize();
        chart.current = made;
        place.current?.replaceChildren(stage);
        place.current?.style.removeProperty("min-height");
        setFailure(undefined);
      })
      .catch((error: Error) => setFailure(`This chart could not be drawn: ${error.message}`));
  }, [inSight, full]);
  useEffect(() => () => chart.current?.finalize(), []);
  return (
    <figure
      class={big ? "card panel big" : "card panel"}
      ref={card}
      aria-label={title}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys act on the card that has the focus
      tabIndex={0}
    >
      <CardHead
        title={title}
        {...(isBrushed(spec) ? {} : { big, toggleBig: () => setBig(!big) })}
        downloads={downloadsOf(title, full, () => chart.current)}
      />
      {steps && <StepSlider of={steps} chosen={chosen} choose={choose} />}
      {failure !== undefined && <p class="soft">{failure}</p>}
      <div ref={place} style={{ minHeight: `${heightOf(spec)}px` }} />
    </figure>
  );
}

/** A brush knows the pixels of the chart as it was drawn. */
function isBrushed(spec: Spec): boolean {
  return JSON.stringify(spec).includes('"interval"');
}

function downloadsOf(title: string, spec: Spec, chart: () => Embedded | undefined): Download[] {
  const view = () => {
    const made = chart();
    if (!made) throw new Error("The chart is not drawn yet.");
    return made.view;
  };
  return [
    {
      name: "SVG",
      run: async () => saveFile(fileName(title, "svg"), await view().toSVG(), "image/svg+xml"),
    },
    {
      name: "PNG",
      run: async () => saveFile(fileName(title, "png"), await blobOf(await view().toImageURL("png", 2))),
    },
    {
      name: "CSV",
      run: async () => {
        const { header, rows } = panelRows(spec);
        saveFile(fileName(title, "csv"), csvText(header, rows), "text/csv");
      },
    },
    {
      name: "JSON",
      run: async () => saveFile(fileName(title, "vl.json"), JSON.stringify(spec), "application/json"),
    },
  ];
}

async function blobOf(dataUrl: string): Promise<Blob> {
  return (await fetch(dataUrl)).blob();
}

function heightOf(spec: Spec): number {
  return typeof spec.height === "number" ? spec.height + 70 : 120;
}
