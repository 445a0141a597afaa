/** What `npm start` shows once everything is set up: the first notebook, executed for real. */
import { join, relative } from "node:path";
import { board } from "../board/board.js";
import { findRuns, readRun } from "../track/index.js";
import { root } from "./checkout.js";
import { notebookProgress } from "./notebookProgress.js";
import { notebookReport } from "./notebookReport.js";
import { plainText } from "./plainText.js";
import { runNotebook } from "./runNotebook.js";

const folder = join(root, "notebooks");
const runsDir = join(folder, "runs");

/** Executes notebooks/01-quickstart.ipynb, prints what came out and where it lies. Resolves to the exit code. */
export async function quickstart(): Promise<number> {
  const source = join(folder, "01-quickstart.ipynb");
  const target = join(folder, "out", "01-quickstart.ipynb");
  const start = Date.now();
  console.log(`\nRunning ${here(source)} in Jupyter's client on the tunelab kernel`);
  const failure = await runNotebook({ source, target, onEvent: notebookProgress(process.stdout) });
  for (const { heading, text } of notebookReport(target)) console.log(`\n${heading}\n${indent(text)}`);
  if (failure) {
    console.error(`\nCell ${failure.cell} of ${here(target)} failed: ${plainText(failure.error)}`);
    return 1;
  }
  console.log(`\nBest validation accuracy\n  ${bestValidation("mnist-best")}`);
  const page = await writeBoard(["mnist-mlp", "deep-sigmoid", "mnist-best"]);
  console.log(`\nDone in ${Math.round((Date.now() - start) / 1000)} s.`);
  console.log(`  executed notebook  ${here(target)}`);
  console.log(`  board              ${here(page)}`);
  console.log(`  runs               ${here(runsDir)}`);
  console.log("\nnpm run lab opens JupyterLab on the notebooks.");
  console.log(
    `export PATH="${join(root, "bin")}:$PATH" makes tunelab a command of this shell, in any folder.`,
  );
  return 0;
}

/** The newest run of a name, as `accuracy 98.38 %`. */
function bestValidation(name: string): string {
  const series = readRun(newest(name)).scalars.get("epoch/valAccuracy");
  return `accuracy ${(100 * Math.max(...(series?.values ?? []))).toFixed(2)} %`;
}

/** A page with the newest sweep and runs of these names. The first is the sweep's. */
async function writeBoard([sweep = "", ...runs]: readonly string[]): Promise<string> {
  const drawn = await board([sweep, ...runs.map(newest)], { runsDir, sweepsDir: join(folder, "sweeps") });
  return drawn.writeHtml(join(folder, "out", "board.html"));
}

function newest(name: string): string {
  const dir = findRuns([name], { dir: runsDir }).at(-1);
  if (dir === undefined) throw new Error(`the notebook should have left a run named ${name} in ${runsDir}`);
  return dir;
}

function here(path: string): string {
  return relative(process.cwd(), path) || ".";
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
