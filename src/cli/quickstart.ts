/** What `npm start` shows once everything is set up: the first notebook, executed for real. */
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./checkout.js";
import { notebookProgress } from "./notebookProgress.js";
import { notebookReport } from "./notebookReport.js";
import { runNotebook } from "./runNotebook.js";

/** Executes notebooks/01-quickstart.ipynb, prints what came out and where it lies. Resolves to the exit code. */
export async function quickstart(): Promise<number> {
  const folder = join(root, "notebooks");
  const source = join(folder, "01-quickstart.ipynb");
  const target = join(folder, "out", "01-quickstart.ipynb");
  const here = (path: string) => relative(process.cwd(), path) || ".";
  console.log(`\nRunning ${here(source)} in Jupyter's client on the tunelab kernel`);
  const failure = await runNotebook({ source, target, onEvent: notebookProgress(process.stdout) });
  for (const { heading, text } of notebookReport(target)) console.log(`\n${heading}\n${indent(text)}`);
  console.log("");
  if (failure) {
    console.error(`Cell ${failure.cell} of ${here(target)} failed: ${failure.error}`);
    return 1;
  }
  console.log(`Executed notebook: ${here(target)}`);
  for (const board of boards(join(folder, "out"))) console.log(`Board:             ${here(board)}`);
  console.log(`Runs:              ${here(join(folder, "runs"))}`);
  console.log(`\nnpm run lab opens JupyterLab on the notebooks.`);
  return 0;
}

/** The pages that the notebook wrote with `%board --html`. */
function boards(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(folder, name));
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
