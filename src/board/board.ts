/** A board: runs and sweeps as charts, in a notebook, in a page, in a terminal. */

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { writeFileAtomic } from "../base/atomicFile.js";
import { fileTarget } from "../base/fileTarget.js";
import type { MimeBundle } from "../base/host.js";
import { refuseUnknown } from "../base/knownOptions.js";
import { type BoardOptions, type BoardSettings, boardOptionNames, boardSettings } from "./options.js";
import { draw } from "./render/drawing.js";
import { type BoardInput, type BoardSources, boardSources } from "./sources.js";

/** Shows itself as a cell's last expression. Each call reads the files anew, so it shows what is there now. */
export class Board {
  constructor(
    readonly sources: BoardSources,
    readonly settings: BoardSettings,
  ) {}

  /**
   * Vega-Lite v5, SVG, PNG (base64) and plain text, together at most 1 MB.
   * Read and drawn in a thread of its own.
   */
  async toMimeBundle(): Promise<MimeBundle> {
    return (await this.#draw("full")) as MimeBundle;
  }

  /** Vega-Lite v5 and plain text only. */
  async liveBundle(): Promise<MimeBundle> {
    return (await this.#draw("live")) as MimeBundle;
  }

  /** As `liveBundle`, cheaper to draw: for who shows it anew in a moment. */
  async passingBundle(): Promise<MimeBundle> {
    return (await this.#draw("passing")) as MimeBundle;
  }

  /** Writes one self-contained page and returns its absolute path. The page asks the network for nothing. */
  async writeHtml(file: string): Promise<string> {
    const path = fileTarget("write a board", file);
    const html = (await this.#draw("page")) as string;
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic(path, html);
    return path;
  }

  /** The plain text. */
  async toText(): Promise<string> {
    return String((await this.liveBundle())["text/plain"]);
  }

  #draw(what: "full" | "live" | "passing" | "page"): Promise<unknown> {
    return draw({ what, sources: this.sources, settings: this.settings });
  }
}

/**
 * A board of runs and sweeps.
 *
 * @param runs names, ids, globs or folders of runs and sweeps, or objects with `dir`, such as a run or a sweep's
 *   result. Without: the runs and sweeps this process made, else the newest.
 * @throws RangeError with the nearest names for an unknown run; RangeError, TypeError or SyntaxError for a bad option.
 * @example await board("baseline*", { tags: "loss", smoothing: 0.9, html: "board.html" })
 */
export async function board(
  runs: BoardInput | readonly BoardInput[] = [],
  options: BoardOptions = {},
): Promise<Board> {
  refuseUnknown("board", options, boardOptionNames);
  const settings = boardSettings(options);
  const shown = new Board(boardSources([runs].flat() as BoardInput[], options), settings);
  if (options.html !== undefined) await shown.writeHtml(options.html);
  return shown;
}
