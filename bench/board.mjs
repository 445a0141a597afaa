// How soon a served board shows its charts and how soon it answers an input, in Chromium, beside TensorBoard on the same
// logs: 100 runs × 50 tags × 10,000 steps (`--short`: 20 × 10 × 1,000). Cold: the page is opened as soon as the server
// answers; warm: when all is read. `--peers ours`: only these.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeLogs } from "./board/logs.mjs";
import { answerTime, launch, open } from "./board/look.mjs";
import { pages, servers, tensorboard, until } from "./board/peers.mjs";
import { chosen } from "./shared/chosen.mjs";
import { machine, median, result, spread, table } from "./shared/report.mjs";

const short = process.argv.includes("--short");
const size = short ? { runs: 20, tags: 10, steps: 1000 } : { runs: 100, tags: 50, steps: 10_000 };
const [rounds, inputs] = short ? [2, 5] : [5, 15];
/** Milliseconds. */
const patience = 300_000;
/** Milliseconds after which a slow page's rounds end early, and how many of them and of their inputs are measured at least. */
const budget = short ? 30_000 : 75_000;
const least = { rounds: 2, inputs: 3 };
const names = chosen("peers", Object.keys(servers)) ?? Object.keys(servers);
if (names.includes("tensorboard") && !existsSync(tensorboard)) {
  console.error("bench board needs TensorBoard: run `npm run bench:setup` first, or give --peers ours.");
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), "tunelab-bench-board-"));
const browser = await launch();
try {
  console.log(`board: ${machine()}, Chromium ${browser.version()}`);
  console.log(`  ${size.runs} runs × ${size.tags} tags × ${size.steps} steps`);
  const start = performance.now();
  writeLogs({ folder, ...size });
  told(`written in ${seconds(performance.now() - start)}`);
  const measured = {};
  for (const name of names) measured[name] = await measure(name);
  report(measured);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

function told(text) {
  console.log(`  ${text}`);
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

async function measure(name) {
  const start = performance.now();
  const server = await servers[name]({ folder, ...size });
  told(`${name}: answers after ${seconds(performance.now() - start)}`);
  const loading = until(server.read);
  try {
    const cold = await open(browser, server.url, pages[name].shell, patience);
    await cold.page.waitForFunction(pages[name].first, undefined, { polling: "raf", timeout: patience });
    const coldFirst = await cold.page.evaluate(() => performance.now());
    told(`${name}: first chart after ${seconds(coldFirst)}`);
    const load = await loading;
    told(`${name}: all read after ${seconds(1000 * load)}`);
    await cold.page.context().close();
    return { shell: cold.milliseconds, coldFirst, load, ...(await warm(name, server.url)) };
  } finally {
    server.child.kill();
  }
}

async function warm(name, url) {
  const [first, paint, interact] = [[], [], []];
  const start = performance.now();
  const isLate = () => performance.now() - start > budget;
  for (let round = 0; round < rounds && (round < least.rounds || !isLate()); round++) {
    const opened = await open(browser, url, pages[name].first, patience);
    first.push(opened.milliseconds);
    await opened.page.waitForFunction(pages[name].all, undefined, { polling: "raf", timeout: patience });
    paint.push(await opened.page.evaluate(() => performance.now()));
    // What is out of sight is asked for, too.
    await opened.page.waitForTimeout(1000);
    try {
      for (let turn = 0; turn < inputs && (turn < least.inputs || !isLate()); turn++)
        interact.push(await answerTime(opened.page, pages[name].act(turn), pages[name].picture));
    } catch (error) {
      // A peer that answers no more ends its own rounds: what was measured before counts.
      if (name === "ours" || interact.length === 0) throw error;
      told(`${name}: round ${round + 1} ended: ${error.message.split("\n")[0]}`);
      break;
    }
    await opened.page.context().close();
    told(
      `${name}: round ${round + 1}, charts after ${seconds(paint.at(-1))}, ${interact.length} inputs so far`,
    );
  }
  return { first, paint, interact };
}

function report(measured) {
  const cell = (values) => `${median(values).toFixed(0)} ± ${(100 * spread(values)).toFixed(0)} %`;
  table([
    ["milliseconds (median ± half the quartile distance)", ...Object.keys(measured)],
    ["cold: shell", ...Object.values(measured).map(({ shell }) => shell.toFixed(0))],
    ["cold: first chart", ...Object.values(measured).map(({ coldFirst }) => coldFirst.toFixed(0))],
    ["all read, after the start", ...Object.values(measured).map(({ load }) => (1000 * load).toFixed(0))],
    ["warm: first chart", ...Object.values(measured).map(({ first }) => cell(first))],
    ["warm: all charts in sight", ...Object.values(measured).map(({ paint }) => cell(paint))],
    ["smoothing moved, all redrawn", ...Object.values(measured).map(({ interact }) => cell(interact))],
  ]);
  const figures = ({ shell, coldFirst, load, first, paint, interact }) => ({
    paint: median(paint),
    interact: median(interact),
    firstChart: median(first),
    coldShell: shell,
    coldFirstChart: coldFirst,
    load: 1000 * load,
  });
  const { ours, tensorboard: peer } = Object.fromEntries(
    Object.entries(measured).map(([name, one]) => [name, figures(one)]),
  );
  const ratio =
    ours && peer ? { paint: ours.paint / peer.paint, interact: ours.interact / peer.interact } : {};
  result({ bench: "board", ours: ours ?? {}, peers: peer ? { tensorboard: peer } : {}, ratio });
}
