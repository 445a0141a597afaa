/** All charts: the pinned ones, scalars by their tags' prefix, then what Vega draws. */
import { useMemo, useRef } from "preact/hooks";
import { tags as vocabulary } from "../../base/tags.js";
import { cutShort } from "../cutShort.js";
import type { Catalogue, CatalogueRun } from "../source/catalogue.js";
import { groupTags, prefixOf, type ScalarChart, type ScalarGroup } from "../tagGroups.js";
import type { ChartsProps } from "./chartsProps.js";
import { Panels } from "./panels.js";
import { ScalarCard } from "./scalarCard.js";
import { SectionOf } from "./section.js";
import { useWidth } from "./useWidth.js";
import { expressionOf, type View } from "./view.js";

export function Charts(props: ChartsProps) {
  const { catalogue, view, change, runs } = props;
  const main = useRef<HTMLElement>(null);
  const width = useWidth(main);
  const groups = useMemo(
    () => scalarGroups(catalogue, runs, view),
    [catalogue, runs, view.tags, view.picked],
  );
  const pinned = groups.flatMap(({ group, charts }) =>
    charts.filter(({ tags }) => view.pinned.includes(keyOf(tags))).map((chart) => ({ group, chart })),
  );
  const card = (group: string, chart: ScalarChart, place: string) => (
    <ScalarCard
      key={`${place} ${keyOf(chart.tags)}`}
      {...props}
      chart={chart}
      title={place === "pinned" && group !== "scalars" ? `${group}/${chart.title}` : chart.title}
      step={group === prefixOf(vocabulary.epoch("loss")) ? "epoch" : "step"}
      room={width}
      pinned={view.pinned.includes(keyOf(chart.tags))}
      togglePin={() => change({ pinned: toggled(view.pinned, keyOf(chart.tags)) })}
    />
  );
  return (
    <main ref={main}>
      {view.tags === "" &&
        [...cutShort(runs), ...catalogue.remarks].map((text) => (
          <p key={text} class="soft">
            {text}
          </p>
        ))}
      {pinned.length > 0 && (
        <SectionOf title="pinned">{pinned.map(({ group, chart }) => card(group, chart, "pinned"))}</SectionOf>
      )}
      {groups.map(({ group, charts }) => (
        <SectionOf key={group} title={group} count={charts.length}>
          {charts.map((chart) => card(group, chart, "group"))}
        </SectionOf>
      ))}
      {width > 0 && <Panels {...props} width={width} isAlone={groups.length === 0} />}
    </main>
  );
}

/** A chart is known by its first tag. */
function keyOf(tags: readonly string[]): string {
  return tags[0] as string;
}

function toggled(list: readonly string[], item: string): string[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}

/** Of the tags that the runs have and the expression finds; what one number says as well is drawn when asked for. */
function scalarGroups(
  catalogue: Catalogue,
  runs: readonly CatalogueRun[],
  { tags: text, picked = catalogue.settings.kinds }: View,
): ScalarGroup[] {
  if (picked && !picked.includes("scalars")) return [];
  const expression = expressionOf(text) ?? /^/;
  const had = new Set(runs.flatMap(({ tags }) => tags));
  const constant = new Set(text === "" ? catalogue.constant : []);
  return groupTags(
    catalogue.tags.filter((tag, i) => had.has(i) && !constant.has(tag) && expression.test(tag)),
  );
}
