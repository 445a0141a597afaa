/** The charts that Vega draws: heat maps, histograms, distributions, hyper-parameters, sweeps. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { BoardSettings } from "../options.js";
import type { Section } from "../section.js";
import type { ChartsProps } from "./chartsProps.js";
import { PanelCard } from "./panelCard.js";
import { SectionOf } from "./section.js";
import { expressionOf, type View } from "./view.js";

export interface PanelsProps extends ChartsProps {
  readonly width: number;
  /** No scalars are shown. */
  readonly isAlone: boolean;
}

/** Milliseconds without a change before the charts are made anew, and while runs go on. */
const resting = 120;
const livePause = 1500;

export function Panels({
  source,
  catalogue,
  view,
  runs,
  colours,
  theme,
  version,
  width,
  isAlone,
}: PanelsProps) {
  const [sections, setSections] = useState<readonly Section[]>();
  const [failure, setFailure] = useState<string>();
  const asked = useRef(0);
  const settings = settingsOf(catalogue.settings, view);
  const labels = runs.map(({ label }) => label);
  const text = JSON.stringify([settings, labels, width]);
  const last = useRef("");
  useEffect(() => {
    const wait = last.current === "" ? 0 : last.current === text ? livePause : resting;
    const timer = setTimeout(() => {
      last.current = text;
      const turn = ++asked.current;
      source.ask("panels", { settings, runs: labels, width }).then(
        (given) => {
          if (turn !== asked.current) return;
          setSections(given);
          setFailure(undefined);
        },
        (error: Error) => {
          if (turn === asked.current) setFailure(error.message);
        },
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [source, text, version]);
  if (failure !== undefined) return <p class="soft">{failure}</p>;
  if (sections?.length === 0 && isAlone)
    return <p class="soft">Nothing to show: no run is picked, or no tag fits.</p>;
  return (
    <>
      {sections?.map(({ title, cards }, i) => (
        // Several sections may have one title.
        <SectionOf key={`${title} ${i}`} title={title}>
          {cards.map((spec, place) => (
            <PanelCard key={`${place} ${spec.title}`} spec={spec} colours={colours} theme={theme} />
          ))}
        </SectionOf>
      ))}
    </>
  );
}

function settingsOf(given: BoardSettings, view: View): BoardSettings {
  const { kinds } = given;
  const expression = view.tags === "" ? undefined : expressionOf(view.tags);
  return {
    x: view.x,
    y: view.y,
    ...(kinds ? { kinds } : {}),
    ...(view.smoothing === undefined ? {} : { smoothing: view.smoothing }),
    ...(expression ? { tags: { source: expression.source, flags: "u" } } : {}),
  };
}
