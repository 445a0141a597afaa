/** One line a cell while a notebook runs: rewritten in place on a terminal, printed when the cell is done elsewhere. */
import type { NotebookEvent } from "./runNotebook.js";

export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Returns the listener for `runNotebook`'s events. */
export function notebookProgress(screen: Screen): (event: NotebookEvent) => void {
  let cells = 0;
  let title = "";
  let cell = 0;
  const head = () => `  [${cell}/${cells}] ${title}`;
  const show = (text: string) => {
    if (screen.isTTY) screen.write(`\r\x1b[2K${text.slice(0, (screen.columns ?? 80) - 1)}`);
  };
  return (event) => {
    if (event.event === "start") cells = event.cells;
    else if (event.event === "cell") {
      ({ cell, title } = event);
      show(head());
    } else if (event.event === "output") show(`${head().slice(0, 40)} │ ${event.text}`);
    else if (event.event === "done") {
      screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${head()}  ${event.seconds.toFixed(1)} s\n`);
    } else if (event.event === "failed")
      screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${head()}  failed\n`);
  };
}
