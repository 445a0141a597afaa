/** The charts that Vega draws: heat maps, histograms, distributions, hyper-parameters, sweeps. */
import type { BoardSettings } from "../options.js";
import { cardKeys, singleNames } from "./cardKeys.js";
import type { ChartsProps } from "./chartsProps.js";
import { ContentCard } from "./contentCard.js";
import { PanelCard } from "./panelCard.js";
import { SectionOf } from "./section.js";
import { shownSweeps } from "./shownSweeps.js";
import { useAnswer } from "./useAnswer.js";
import { expressionOf, type View } from "./view.js";

export interface PanelsProps extends ChartsProps {
  readonly width: number;
  /** No scalars are shown. */
  readonly isAlone: boolean;
}

/** Milliseconds in which a person changes nothing before the charts are made anew, and between two times while runs go on. */
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
  const question = {
    settings: settingsOf(catalogue.settings, view),
    runs: runs.map(({ label }) => label),
    ...(catalogue.sweeps.length > 0 ? { sweeps: shownSweeps(catalogue, view) } : {}),
    width,
  };
  const { answer: sections, failure } = useAnswer(source, {
    kind: "panels",
    question,
    state: String(version),
    resting,
    pause: livePause,
  });
  if (failure !== undefined) return <p class="soft">{failure}</p>;
  if (sections?.length === 0 && isAlone)
    return <p class="soft">Nothing to show: no run is picked, or no tag or kind fits.</p>;
  const sectionKeys = singleNames((sections ?? []).map(({ title }) => title));
  return (
    <>
      {sections?.map((section, i) => {
        const { title, cards, contents, steps } = section;
        const keys = cardKeys(section);
        return (
          <SectionOf key={sectionKeys[i]} title={title}>
            {cards.map((spec, place) => {
              const content = contents?.[place];
              return content ? (
                <ContentCard key={keys[place]} content={content} />
              ) : (
                <PanelCard
                  key={keys[place]}
                  spec={spec}
                  steps={steps?.[place] ?? undefined}
                  colours={colours}
                  theme={theme}
                />
              );
            })}
          </SectionOf>
        );
      })}
    </>
  );
}

function settingsOf(given: BoardSettings, view: View): BoardSettings {
  const { kinds, pareto } = given;
  const expression = view.tags === "" ? undefined : expressionOf(view.tags);
  return {
    x: view.x,
    y: view.y,
    ...(view.outliers === "clip" ? { outliers: view.outliers } : {}),
    ...(view.histograms === "overlay" ? { histograms: view.histograms } : {}),
    ...(kinds ? { kinds } : {}),
    ...(view.picked ? { picked: view.picked } : {}),
    ...(pareto ? { pareto } : {}),
    ...(view.smoothing === undefined ? {} : { smoothing: view.smoothing }),
    ...(expression ? { tags: { source: expression.source, flags: expression.flags } } : {}),
  };
}
