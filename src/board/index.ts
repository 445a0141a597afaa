/** The board: runs and sweeps as charts. */
export { Board, board } from "./board.js";
export { drawFigure } from "./drawFigure.js";
export type { BoardKind, BoardOptions } from "./options.js";
export { type ServeBoardOptions, type ServedBoard, serveBoard } from "./server/serveBoard.js";
export type { BoardInput } from "./sources.js";
