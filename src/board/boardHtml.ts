/** Tables and sounds of a board as HTML, for notebooks: a chart of them could not be marked, copied or played. */
import { escapeHtml, htmlTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import type { CardContent } from "./cardContent.js";
import { type BoardData, sections } from "./content.js";
import type { BoardSettings } from "./options.js";
import { remarks } from "./remarks.js";
import { notebookSize, type PanelStyle } from "./section.js";

/** Characters of all sounds together: the others are named only. */
const soundBudget = 500_000;

/** Undefined where the board has charts too: of a bundle a client shows one kind. */
export function boardHtml(data: BoardData, settings: BoardSettings): string | undefined {
  const { kinds = [] } = settings;
  if (kinds.length === 0 || !kinds.every((kind) => kind === "tables" || kind === "audio")) return undefined;
  if (data.sweeps.length > 0) return undefined;
  const { x, y } = settings;
  const style: PanelStyle = {
    smoothing: 0,
    x,
    y,
    ...notebookSize,
    points: 8,
    histogramSteps: 4,
    interactive: false,
  };
  let left = soundBudget;
  const take = (address: string | undefined) => {
    if (address === undefined || address.length > left) return undefined;
    left -= address.length;
    return address;
  };
  return [
    ...remarks(data, settings).map((text) => `<p>${told(text)}</p>`),
    ...sections(data, settings, style).map(
      ({ title, contents = [] }) =>
        `<h4>${told(title)}</h4>${contents.map((content) => (content ? contentHtml(content, take) : "")).join("")}`,
    ),
  ].join("\n");
}

function contentHtml(
  content: CardContent,
  take: (address: string | undefined) => string | undefined,
): string {
  const head = `<p><b>${told(content.title)}</b>${content.note === undefined ? "" : ` (${told(content.note)})`}</p>`;
  if (content.kind === "table") return head + htmlTable(content.table);
  const players = content.sounds.map(({ name, facts, address }) => {
    const carried = take(address);
    const player =
      carried === undefined
        ? ""
        : `<br><audio controls preload="metadata" aria-label="${told(`${content.title}, ${name}`)}" src="${escapeHtml(carried)}"></audio>`;
    return `<p>${told(name)}: ${told(facts)}${player}</p>`;
  });
  return head + players.join("");
}

function told(text: string): string {
  return escapeHtml(visibleControls(text));
}
