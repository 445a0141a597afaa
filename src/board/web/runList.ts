/** The runs with their colours, to be picked. */
import { runColour } from "../palette.js";
import type { BoardRun } from "../series.js";
import { element } from "./element.js";

/** @param changed is called with the labels of the picked runs. */
export function makeRunList(
  runs: readonly BoardRun[],
  changed: (picked: ReadonlySet<string>) => void,
): HTMLElement {
  const picked = new Set(runs.map((run) => run.label));
  const items = runs.map((run, i) => runItem(run, i, picked, () => changed(new Set(picked))));
  const filter = element("input", {
    attributes: { type: "search", placeholder: "filter runs", "aria-label": "filter runs" },
  });
  filter.addEventListener("input", () => {
    for (const [i, item] of items.entries())
      item.hidden = !(runs[i]?.label ?? "").toLowerCase().includes(filter.value.toLowerCase());
  });
  return element("section", {
    children: [
      element("h2", { text: runs.length === 1 ? "1 run" : `${runs.length} runs` }),
      ...(runs.length > 8 ? [filter] : []),
      element("ul", { children: items }),
    ],
  });
}

function runItem(
  { label, data }: BoardRun,
  index: number,
  picked: Set<string>,
  changed: () => void,
): HTMLElement {
  const box = element("input", { attributes: { type: "checkbox" } });
  box.checked = true;
  box.addEventListener("change", () => {
    if (box.checked) picked.add(label);
    else picked.delete(label);
    changed();
  });
  const swatch = element("span", { className: "swatch" });
  swatch.style.background = runColour(index);
  const text = element("span", { text: data.status === "finished" ? label : `${label} (${data.status})` });
  return element("li", { children: [element("label", { children: [box, swatch, text] })] });
}
