/** nbval compares our notebooks with what they give again: clean with the sanitize file, and not blind. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runNotebook } from "../../src/cli/runNotebook.js";
import { jupyterPrograms } from "./jupyterPrograms.js";
import { writeNotebook } from "./notebook.js";
import { spine } from "./spine.js";

const programs = jupyterPrograms();
afterAll(() => programs.close());

/** Results that look like ids: eight letters in brackets, eight digits in a table. */
const likeIds = [
  `["mean", "(" + "averages" + ")"].join(" ")`,
  `import { display } from "tslab";
display.html("<table><tr><td>" + 12345678 + "</td></tr></table>")`,
  `console.log(["preflight: 1 finding, 6 checks passed in 0.3 s", "  initial loss (warning): The first loss is " + 30].join("\\n"))`,
];
/** What differs from run to run: ids, folders, dates, durations, rates, progress, workers. */
const varied = [
  "run",
  "run.dir",
  "%runs spine",
  "%time 1 + 1",
  "%timeit -n 10 -r 2 1 + 1",
  "new Date()",
  // Where it is run again a preflight has less time.
  `const isAgain = process.cwd().endsWith("whole");
console.log(isAgain ? "preflight: 5 checks passed in 2.9 s; not checked: gradients (no hope); initial loss, one batch (there was no time for it)" : "preflight: 7 checks passed in 0.3 s; not checked: gradients (no hope)");
console.log(isAgain ? "preflight: 6 checks passed in 2.9 s; not checked: one batch (there was no time for it)" : "preflight: 7 checks passed in 0.3 s")`,
  `%%sweep tiny --trials 3 --sampler random --seed 1 --maximize valAccuracy
async (trial) => {
  const rate = trial.suggestFloat("lr", 1e-3, 1e-1, { log: true });
  const tried = models.mlp({ inputShape: quadrants.inputShape, hidden: [8], classes: 2, activation: "relu", seed: 1 });
  const run = await fit(tried, quadrants, { optimizer: sgd({ learningRate: rate }), epochs: 2, batchSize: 32, trial });
  return run.best("valAccuracy");
}`,
  "%board tiny",
  "tinySweep",
];
/** A copy whose recorded values are other ones: by name, what is looked for and what is put there. */
const altered: Readonly<Record<string, readonly [RegExp, string]>> = {
  board: [/(epoch\/loss +spine +)0\.\d{4}/, "$10.1111"],
  doctor: [/no alarm by the \d+ of/, "no alarm by the 99 of"],
  word: [/\(averages\)/, "(segments)"],
  digits: [/>12345678</, ">12345679<"],
  preflight: [/The first loss is 30/, "The first loss is 31"],
  result: [/("text\/plain":\[?)"3"/, '$1"4"'],
};

/** How many cells give the same each time. */
const steady = spine.length + likeIds.length;

test("a notebook with boards, a diagnosis and a sweep is clean, and changed values are found", async () => {
  const file = join(programs.folder, "whole.ipynb");
  writeNotebook(file, [...spine, ...likeIds, ...varied]);
  expect(await runNotebook({ source: file, target: file, timeout: 100 })).toBeUndefined();
  const whole = readFileSync(file, "utf8");
  // Each is run again where no runs lie yet, as it was the first time.
  for (const name of ["whole", "altered"]) mkdirSync(join(programs.folder, name));
  writeFileSync(join(programs.folder, "whole", "whole.ipynb"), whole);
  const start = JSON.parse(whole);
  start.cells.splice(steady);
  let bad = JSON.stringify(start);
  for (const [what, replacement] of Object.values(altered)) {
    expect(what.test(bad), String(what)).toBe(true);
    bad = bad.replace(what, replacement);
  }
  writeFileSync(join(programs.folder, "altered", "altered.ipynb"), bad);

  const { stdout, stderr } = programs.run(
    "pytest",
    ...["--nbval", "-p", "tunelab_jupyter.nbval", "-p", "no:cacheprovider", "-q", "-rA"],
    ...[join("whole", "whole.ipynb"), join("altered", "altered.ipynb")],
  );
  const results = [...`${stdout}${stderr}`.matchAll(/^(PASSED|FAILED|ERROR) \w+\/(\S+::Cell \d+)/gm)];
  const failed = results.filter(([, status]) => status !== "PASSED").map(([, , cell]) => cell);
  expect(failed, stdout).toEqual([1, 2, 3, 4, 5, 6].map((cell) => `altered.ipynb::Cell ${cell}`));
  expect(results).toHaveLength(2 * steady + varied.length);
});
