/** What a page carries of a board where it has the room that its program and Vega leave of 3 MB, about. */
import type { BoardData } from "../../../src/board/content.js";
import type { BoardSettings } from "../../../src/board/options.js";
import type { PageData } from "../../../src/board/packedPage.js";
import { pageData } from "../../../src/board/pageData.js";

export const carriedBytes = 1_800_000;

export function carriedPage(data: BoardData, settings: BoardSettings): PageData {
  return pageData(data, settings, carriedBytes);
}
