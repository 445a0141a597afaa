/** Tables, sounds and texts of a board as HTML, for notebooks: a chart of them could not be marked, copied or played. */
import type { BoardKind } from "../base/boardKinds.js";
import { escapeHtml } from "../base/escapeHtml.js";
import { htmlTable } from "../base/table.js";
import { visibleControls } from "../base/visibleControls.js";
import type { CardContent, SoundsContent, TextsContent } from "./cardContent.js";
import { type BoardData, sections } from "./content.js";
import { markdownHtml } from "./markdownHtml.js";
import type { BoardSettings } from "./options.js";
import { remarks } from "./remarks.js";
import { notebookSize, type PanelStyle } from "./section.js";

/** Characters of all sounds and texts together: the others are named only. */
const budget = 500_000;
/** The kinds that have such a form. */
const written: readonly BoardKind[] = ["tables", "audio", "text"];

/** Undefined where the board has charts too: of a bundle a client shows one kind. */
export function boardHtml(data: BoardData, settings: BoardSettings): string | undefined {
  const { kinds = [] } = settings;
  if (kinds.length === 0 || !kinds.every((kind) => written.includes(kind))) return undefined;
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
  let left = budget;
  const take: Take = (make) => {
    const part = left > 0 ? make() : undefined;
    if (part === undefined) return undefined;
    if (part.length > left) {
      // Nor is what comes after made, to be thrown away.
      left = 0;
      return undefined;
    }
    left -= part.length;
    return part;
  };
  return [
    ...remarks(data, settings).map((text) => `<p>${told(text)}</p>`),
    ...sections(data, settings, style).map(
      ({ title, contents = [] }) =>
        `<h4>${told(title)}</h4>${contents.map((content) => (content ? contentHtml(content, take) : "")).join("")}`,
    ),
  ].join("\n");
}

/** What is made, where there is room left for it; from the first on for which there is none, nothing is made. */
type Take = (make: () => string | undefined) => string | undefined;

function contentHtml(content: CardContent, take: Take): string {
  const head = `<p><b>${told(content.title)}</b>${content.note === undefined ? "" : ` (${told(content.note)})`}</p>`;
  if (content.kind === "table") return head + htmlTable(content.table);
  return head + (content.kind === "texts" ? textsHtml(content, take) : playersHtml(content, take));
}

function textsHtml({ texts }: TextsContent, take: Take): string {
  return texts
    .map(({ name, markdown }) => {
      const body =
        take(() => markdownHtml(markdown)) ?? "<p>There is no room for it here; a page shows it.</p>";
      return `<p>${told(name)}:</p>${body}`;
    })
    .join("");
}

function playersHtml({ title, sounds }: SoundsContent, take: Take): string {
  const players = sounds.map(({ name, facts, address }) => {
    const carried = take(() => address);
    const player =
      carried === undefined
        ? ""
        : `<br><audio controls preload="metadata" aria-label="${told(`${title}, ${name}`)}" src="${escapeHtml(carried)}"></audio>`;
    return `<p>${told(name)}: ${told(facts)}${player}</p>`;
  });
  return players.join("");
}

function told(text: string): string {
  return escapeHtml(visibleControls(text));
}
