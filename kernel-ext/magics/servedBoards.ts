/** The boards that this session serves: at most one for each port that was asked for. */
import type { ServedBoard } from "../../src/index.js";

/** By the port that was asked for; 0 is any free one. */
const kept = new Map<number, ServedBoard>();

export interface BoardToServe {
  readonly port: number;
  start(): Promise<ServedBoard>;
  /** Takes a sentence where the board ends by itself. */
  tell(sentence: string): void;
}

/** Serves a board in the place of the one before, as when a cell is run again. */
export async function serveInstead({ port, start, tell }: BoardToServe): Promise<ServedBoard> {
  const before = kept.get(port);
  kept.delete(port);
  await before?.close();
  const board = await start();
  kept.set(port, board);
  void board.ended.then((failure) => {
    if (kept.get(port) === board) kept.delete(port);
    if (failure) tell(failure.message);
  });
  return board;
}
