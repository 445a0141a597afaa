/**
 * Colours of runs and layers.
 *
 * Charts drawn by JupyterLab or VS Code take the page's theme, so a colour has to stand out on white and on a dark
 * grey (#333): relative luminance near 0.2 to 0.3 gives a contrast of about 3:1 on both. Hues follow Okabe and Ito's
 * set for colour-blind readers, moved into that range. In that range a dichromat tells few colours apart, so only those of
 * each four (1 to 4, 5 to 8, 9 to 12) are sure to differ for everybody; the page adds a marker for each four, charts
 * without markers a dash.
 */
export const runColours = [
  "#2a86d8", // blue
  "#dd6b0d", // vermilion
  "#109a74", // bluish green
  "#c163a6", // reddish purple
  "#a8850c", // ochre
  "#7d74e0", // violet
  "#e0526b", // rose
  "#1f93a8", // teal
  "#5f9422", // leaf
  "#a77758", // clay
  "#9a68d0", // purple
  "#808b94", // slate
] as const;

/** Of things that are no series: rules, marks. Too pale for text, whose colours are in `look.ts`. */
export const neutral = "#868b91";
export const alarm = "#d6306f";

/** Of marks only, beside a shape and a word that say the same. */
export const severityColours = { error: alarm, warning: "#b9770e", info: neutral } as const;

export function runColour(index: number): string {
  return runColours[index % runColours.length] as string;
}

const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
] as const;

/** What a line of `runColour(index)` is drawn with where there are no markers: another for each four. */
export function runDash(index: number): readonly number[] {
  return dashes[Math.floor((index % runColours.length) / 4)] as readonly number[];
}

/** `count` colours from deep to shallow layers, evenly spaced on a blue–green–ochre ramp. */
export function depthColours(count: number): string[] {
  const stops = ["#6a5acd", "#2a86d8", "#109a74", "#8d9a14", "#dd8a0d", "#e0526b"];
  return Array.from({ length: count }, (_, i) => mix(stops, count === 1 ? 0 : i / (count - 1)));
}

function mix(stops: readonly string[], share: number): string {
  const position = share * (stops.length - 1);
  const left = Math.min(stops.length - 2, Math.floor(position));
  const [from, to] = [channels(stops[left] as string), channels(stops[left + 1] as string)];
  const blended = from.map((value, i) => Math.round(value + (position - left) * ((to[i] as number) - value)));
  return `#${blended.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
}
