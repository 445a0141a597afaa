/** Smoothing, axes and the filter of tags. */
import type { BoardSettings } from "../options.js";
import { usualSmoothing } from "../smooth.js";
import { element } from "./element.js";

/** `changed` is called with the complete settings, at most once a frame. */
export function makeControls(
  initial: BoardSettings,
  changed: (settings: BoardSettings) => void,
): HTMLElement[] {
  let settings = initial;
  let asked = false;
  const set = (change: Partial<BoardSettings>): void => {
    settings = { ...settings, ...change };
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      changed(settings);
    });
  };
  return [
    smoothing(initial.smoothing ?? usualSmoothing, (value) => set({ smoothing: value })),
    choice("x axis", ["step", "relative", "wall"], initial.x, (x) => set({ x })),
    choice("y axis", ["auto", "linear", "log"], initial.y, (y) => set({ y })),
    tagFilter(initial.tags?.source ?? "", (tags) => set({ tags })),
  ];
}

function smoothing(initial: number, changed: (value: number) => void): HTMLElement {
  const range = element("input", {
    attributes: { type: "range", min: "0", max: "0.999", step: "0.001", id: "smoothing" },
  });
  range.value = String(initial);
  const shown = element("output", { text: initial.toFixed(3), attributes: { for: "smoothing" } });
  range.addEventListener("input", () => {
    shown.textContent = Number(range.value).toFixed(3);
    changed(Number(range.value));
  });
  return element("label", { children: [new Text("smoothing"), range, shown] });
}

function choice<T extends string>(
  name: string,
  values: readonly T[],
  initial: T,
  changed: (value: T) => void,
): HTMLElement {
  const select = element("select", {
    children: values.map((value) => element("option", { text: value, attributes: { value } })),
  });
  select.value = initial;
  select.addEventListener("change", () => changed(select.value as T));
  return element("label", { children: [new Text(name), select] });
}

function tagFilter(initial: string, changed: (tags: BoardSettings["tags"]) => void): HTMLElement {
  const input = element("input", {
    attributes: { type: "search", placeholder: "regular expression", id: "tags" },
  });
  input.value = initial;
  input.addEventListener("input", () => {
    try {
      new RegExp(input.value, "u");
      input.setCustomValidity("");
    } catch (error) {
      input.setCustomValidity((error as Error).message);
      return;
    }
    changed(input.value === "" ? undefined : { source: input.value, flags: "u" });
  });
  return element("label", { children: [new Text("tags"), input] });
}
