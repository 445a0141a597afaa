/** What keys do. Those on a card press its buttons, so that both ways do the same. */
import { usualSmoothing } from "../smooth.js";
import type { ChangeView } from "./useView.js";
import { themes, type View } from "./view.js";

/** As the panel of keys lists them. */
export const keys = [
  ["/", "filter tags"],
  ["r", "filter runs"],
  ["x", "axis: step, relative, wall"],
  ["l", "scale of values: auto, linear, log"],
  ["[  ]", "smoothing down, up"],
  ["j  k", "next, previous chart"],
  ["p", "pin or unpin the chart"],
  ["e", "enlarge the chart, or make it small"],
  ["z", "undo the chart's zoom (or double click)"],
  ["d", "theme: system, light, dark"],
  ["Esc", "leave a field, close this"],
  ["?", "show or close this"],
] as const;

export interface KeyContext {
  readonly view: View;
  readonly change: ChangeView;
  toggleHelp(): void;
  closeHelp(): void;
}

export function pageKeys(context: KeyContext): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      context.closeHelp();
      document.querySelector("details.kinds[open]")?.removeAttribute("open");
      (document.activeElement as HTMLElement | null)?.blur();
      return;
    }
    if (isTyping(event.target)) return;
    const act = actions(context)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

function actions({ view, change, toggleHelp }: KeyContext): Record<string, () => void> {
  const smooth = (by: number) => {
    const next = Math.round(((view.smoothing ?? usualSmoothing) + by) * 1000) / 1000;
    change({ smoothing: Math.max(0, Math.min(0.999, next)) });
  };
  return {
    "/": () => focus("#tags"),
    r: () => focus("#runs"),
    x: () => change({ x: next(["step", "relative", "wall"], view.x) }),
    l: () => change({ y: next(["auto", "linear", "log"], view.y) }),
    d: () => change({ theme: next(themes, view.theme) }),
    "[": () => smooth(-0.1),
    "]": () => smooth(0.1),
    j: () => focusCard(1),
    k: () => focusCard(-1),
    p: () => press("pin"),
    e: () => press("enlarge"),
    z: () => press("reset"),
    "?": toggleHelp,
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
}

function next<T>(values: readonly T[], value: T): T {
  return values[(values.indexOf(value) + 1) % values.length] as T;
}

function focus(selector: string): void {
  const field = document.querySelector<HTMLInputElement>(selector);
  field?.focus();
  field?.select();
}

function focusCard(by: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>("details[open] > .cards > .card")];
  const here = cards.findIndex((card) => card.contains(document.activeElement));
  const card = cards[here < 0 ? (by > 0 ? 0 : cards.length - 1) : here + by];
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "center" });
}

/** A button of the card that has the focus. */
function press(act: string): void {
  const card = document.activeElement?.closest(".card");
  card?.querySelector<HTMLButtonElement>(`[data-act="${act}"]`)?.click();
}
