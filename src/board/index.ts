/** The board: runs and sweeps as charts. */
export { Board, board } from "./board.js";
export { type BoardKind, type BoardOptions, boardKinds } from "./options.js";
export type { BoardInput, BoardSources } from "./sources.js";
