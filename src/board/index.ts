/** The board: runs and sweeps as charts. */

export type { BoardKind } from "../base/boardKinds.js";
export { Board, board } from "./board.js";
export { drawFigure } from "./drawFigure.js";
export { evidenceChart } from "./evidenceChart.js";
export type { BoardOptions } from "./options.js";
export { beginRunBoard } from "./runBoard.js";
export { type ServeBoardOptions, type ServedBoard, serveBoard } from "./server/serveBoard.js";
export type { BoardInput } from "./sources.js";
