/** The page's colours as charts need them. */
import type { Ink } from "./drawLines.js";
import type { Theme } from "./view.js";

export type ShownTheme = "light" | "dark";

export function themeOf(theme: Theme, system: ShownTheme): ShownTheme {
  return theme === "system" ? system : theme;
}

/** As the style sheet has it now. */
export function colourOf(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function ink(): Ink {
  return {
    text: colourOf("--text"),
    soft: colourOf("--soft"),
    grid: colourOf("--line"),
    ground: colourOf("--card"),
  };
}
