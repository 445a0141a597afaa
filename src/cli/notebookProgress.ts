/**
 * One line a cell while a notebook runs: rewritten in place on a terminal; elsewhere printed when the cell is done, and
 * every ten seconds until then, so that a long cell is seen to go on.
 */
import type { NotebookEvent } from "./runNotebook.js";

export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Milliseconds between two signs of life of one cell. */
const everySilence = 10_000;

/** Returns the listener for `runNotebook`'s events. */
export function notebookProgress(screen: Screen): (event: NotebookEvent) => void {
  let cells = 0;
  let title = "";
  let cell = 0;
  const head = () => `  [${cell}/${cells}] ${title}`;
  const show = (text: string) => {
    if (screen.isTTY) screen.write(`\r\x1b[2K${text.slice(0, (screen.columns ?? 80) - 1)}`);
  };
  let started = 0;
  let latest = "";
  let timer: NodeJS.Timeout | undefined;
  const goesOn = () => {
    const seconds = `${Math.round((Date.now() - started) / 1000)} s`;
    if (screen.isTTY) show(`${head().slice(0, 40)}  ${seconds}${latest && ` │ ${latest}`}`);
    else screen.write(`${head()} … ${seconds}\n`);
  };
  return (event) => {
    if (event.event !== "output") clearInterval(timer);
    if (event.event === "start") cells = event.cells;
    else if (event.event === "cell") {
      ({ cell, title } = event);
      started = Date.now();
      latest = "";
      timer = setInterval(goesOn, everySilence);
      timer.unref();
      show(head());
    } else if (event.event === "output") {
      latest = event.text;
      show(`${head().slice(0, 40)} │ ${latest}`);
    } else if (event.event === "done") {
      screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${head()}  ${event.seconds.toFixed(1)} s\n`);
    } else if (event.event === "failed")
      screen.write(`${screen.isTTY ? "\r\x1b[2K" : ""}${head()}  failed\n`);
  };
}
