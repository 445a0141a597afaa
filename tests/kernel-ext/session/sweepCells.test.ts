/** `%%sweep` and `%sweep` in a real kernel with real workers. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findSweep } from "../../../src/sweep/findSweeps.js";
import { readSweep } from "../../../src/sweep/readSweep.js";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeEach(async () => {
  kernel = await KernelClient.start();
});
afterEach(() => kernel.close());

const ran = async (code: string, more = {}): Promise<Execution> => {
  const execution = await kernel.finished(await kernel.start(code, more), performance.now(), 60_000);
  expect(execution.reply, code).toMatchObject({ status: "ok" });
  return execution;
};
const failed = async (code: string, more = {}): Promise<string> => {
  const execution = await kernel.finished(await kernel.start(code, more), performance.now(), 60_000);
  expect(execution.reply, code).toMatchObject({ status: "error" });
  return String(execution.reply.evalue);
};
const lines = (file: string) => readFileSync(join(kernel.folder, file), "utf8").trim().split("\n");
const sweepDir = (name: string) => findSweep(name, join(kernel.folder, "sweeps"));
const isAlive = (pid: number) =>
  existsSync(`/proc/${pid}`) && !readFileSync(`/proc/${pid}/stat`, "latin1").includes(") Z ");
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("workers run again what the trial needs, in order, once each, and nothing else", async () => {
  writeFileSync(
    join(kernel.folder, "side.mjs"),
    'import { appendFileSync } from "node:fs";\nglobalThis.sideEffect = 100;\nappendFileSync("side.txt", "side\\n");\n',
  );
  await ran('import { appendFileSync } from "node:fs";\nimport "./side.mjs";');
  await ran('appendFileSync("loads.txt", process.pid + "\\n"); const table = [1, 2];');
  await ran('appendFileSync("unrelated.txt", "unrelated\\n"); const unrelated = 7;');
  await ran("table.push(10);");
  await ran("let late = () => 0;");
  await ran("let scale = 1;\nfunction score(x: number) { return scale * x + late() + table.length; }");
  await ran("scale = 1000;");
  await ran("late = () => (globalThis as unknown as { sideEffect: number }).sideEffect;");
  const sweep = await ran(
    "%%sweep my-case --trials 6 --maximize --parallel 2 --seed 3\n(trial) => {\n  appendFileSync('trials.txt', process.pid + '\\n');\n  return score(trial.suggestInt('x', 1, 9));\n}",
  );
  expect(streamText(sweep)).toContain("Cells that run again in each worker:\ncell 1: ");
  expect(streamText(sweep)).toMatch(
    /cell 4: changes table\ncell 5: declares late\ncell 6: declares .*\ncell 7: writes scale\ncell 8: writes late/,
  );
  expect(streamText(sweep)).not.toContain("cell 3");
  expect(resultText(sweep)).toMatch(/^my-case: 6 of 6 trials · best value \d+/);
  // The headline and the table stand there once: what was live says where to find the result.
  const live = sweep.messages.filter(({ type }) => /^(update_)?display_data$/.test(type));
  expect(live.at(-1)?.content.data).toEqual({
    "text/plain": expect.stringMatching(/^Result: myCaseSweep · files: sweeps\/my-case-\w+$/),
  });

  const { trials, code } = readSweep(sweepDir("my-case"));
  for (const trial of trials) expect(trial.value).toBe(1000 * (trial.params.x as number) + 100 + 3);
  expect(new Set(trials.map((trial) => trial.params.x)).size).toBe(6);
  // The notebook and two workers.
  expect(new Set(lines("loads.txt")).size).toBe(3);
  expect(lines("loads.txt")).toHaveLength(3);
  expect(lines("side.txt")).toHaveLength(3);
  expect(lines("unrelated.txt")).toHaveLength(1);
  expect(lines("trials.txt")).toHaveLength(6);
  expect(code).toEqual([
    "cell-1.ts",
    "cell-2.ts",
    "cell-4.ts",
    "cell-5.ts",
    "cell-6.ts",
    "cell-7.ts",
    "cell-8.ts",
    "cell-9.ts",
  ]);
  expect(readFileSync(join(sweepDir("my-case"), "code", "cell-4.ts"), "utf8")).toBe("table.push(10);");

  // The result is a typed variable, and a later sweep may use it without searching again.
  expect(
    resultText(await ran("myCaseSweep.best.value === myCaseSweep.bestValue && myCaseSweep.trials.length")),
  ).toBe("6");
  expect(await failed("const wrong: string = myCaseSweep.bestValue;")).toContain("TS2322");
  await ran("const twice = (p: { y: number }) => p.y * (myCaseSweep.bestParams.x as number);");
  const line = await ran("%sweep twice y=[2, 3, 5] --sampler grid --maximize");
  expect(streamText(line)).toMatch(/\nResult: twiceSweep · files: sweeps\/twice-\w+\n$/);
  expect(resultText(await ran("twiceSweep.bestValue"))).toBe(
    String(5 * Math.max(...trials.map((trial) => trial.params.x as number))),
  );
  expect(lines("trials.txt")).toHaveLength(6);
});

test("a cell that trained is named and asked about; outside a conversation it is refused with the option", async () => {
  await ran('import { data, models, fit } from "tunelab";');
  await ran(
    "const model = models.mlp({ inputShape: [2], hidden: [3], classes: 2, activation: 'relu' });\nconst train2 = data.arrays({ x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] });",
  );
  const trained = await kernel.execute(
    "await fit(model, train2, { epochs: 1, track: false });\nconst weights = model.getWeights().length;",
  );
  expect(trained.reply.status, JSON.stringify(trained.reply)).toBe("ok");
  const sweep = "%%sweep asked --trials 2 --minimize\n(trial) => weights + trial.suggestFloat('x', 0, 1)";
  expect(await failed(sweep, { allow_stdin: false })).toMatch(
    /every worker would run again cell 3 \(it trained a model in [\d.]+ s\): allow it with --cells 3/,
  );

  const no = await kernel.start(sweep);
  const question = await kernel.inputRequest();
  expect(question.content.prompt).toMatch(/Every worker would run again cell 3 .*Go on\? \[y\/N\]/);
  await kernel.send("input_reply", { value: "n", status: "ok" }, "stdin");
  expect((await kernel.finished(no)).reply.evalue).toMatch(/was not started/);

  const allowed = await ran(sweep.replace("--minimize", "--minimize --cells 3"), { allow_stdin: false });
  expect(resultText(allowed)).toContain("asked: 2 of 2 trials");
  // What ran again left no run behind.
  expect(existsSync(join(kernel.folder, "runs"))).toBe(false);
});

test("errors carry the person's positions, and a wrong sweep does not start", async () => {
  await ran(
    "interface Options { deep: boolean }\nconst fail = (options: Options): never => {\n  throw new RangeError('too far');\n};",
  );
  expect(
    await failed(
      "%%sweep broken --trials 2 --minimize\nasync (trial) => {\n  trial.suggestFloat('x', 0, 1);\n  return fail({ deep: true });\n}",
    ),
  ).toMatch(/^all 2 trials failed; the first with: RangeError: too far\n\s+at [^\n]*cell-1\.ts:3:9\)?$/);
  const [trial] = readSweep(sweepDir("broken")).trials;
  expect(trial?.state).toBe("failed");
  expect(trial?.error).toMatch(/RangeError: too far[\s\S]*cell-1\.ts:3:9[\s\S]*cell-2\.ts:4:10/);
  expect(await failed("brokenSweep.best")).toMatch(
    /of 2 none is. The first failed with: RangeError: too far/,
  );

  expect(await failed("%%sweep x --minimize\n(trial) => trial.suggestFlot('x', 0, 1)")).toContain(
    "suggestFlot",
  );
  expect(await failed("%%sweep x --trials 3\n(trial) => 1")).toMatch(/needs maximize or minimize/);
  expect(await failed("%%sweep x --minimize --sampler gp\n(trial) => 1")).toMatch(
    /--sampler must be tpe, random or grid/,
  );
  expect(await failed("%%sweep x --minimize --engine ray\n(trial) => 1")).toMatch(
    /--engine must be local, but was given "ray"/,
  );
  expect(await failed("%sweep nothing lr=log(1e-4,1e-1) --minimize")).toMatch(/nothing/);
  expect(await failed("%sweep fail lr=log(0,1) --minimize")).toMatch(
    /"lr" with log needs a lower bound above 0/,
  );
});

test("an interrupt keeps what is done, and --resume goes on with it", async () => {
  const cell = (extra: string) =>
    `%%sweep long --trials 12 --minimize --parallel 2 ${extra}\nasync (trial) => {\n  const x = trial.suggestFloat('x', 0, 1);\n  const goes = () => trial.number < 3 || trial.signal.aborted || require('node:fs').existsSync('go');\n  while (!goes()) await new Promise((resolve) => setTimeout(resolve, 10));\n  return x;\n}`;
  const id = await kernel.start(cell(""));
  const queued = await kernel.start("console.log('with half a sweep')");
  const told = () => {
    try {
      return readSweep(sweepDir("long")).trials.filter((trial) => trial.end !== undefined).length;
    } catch {
      return 0;
    }
  };
  while (told() < 3) await later(20);
  await kernel.request("interrupt_request", {}, "control");
  const cut = await kernel.finished(id);
  expect(cut.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(cut.reply.evalue).toMatch(
    /^the sweep "long" was interrupted after \d+ complete trials; longSweep has them, and --resume goes on$/,
  );
  expect(cut.messages.some(({ type }) => type === "execute_result")).toBe(false);
  expect((await kernel.finished(queued)).reply.ename).toBe("Aborted");
  const before = readSweep(sweepDir("long")).trials;
  expect(before.filter((trial) => trial.state === "complete").length).toBeGreaterThanOrEqual(2);
  expect(before.length).toBeLessThan(12);
  expect(resultText(await ran("longSweep.endReason"))).toBe("'interrupted'");
  const shown = kernel.below(id).findLast(({ type }) => type === "update_display_data")?.content.data;
  expect((shown as Record<string, string>)["text/plain"]).toMatch(
    /^long: \d+ of 12 trials.*ended after .*: interrupted\n# {2,}state /,
  );
  writeFileSync(join(kernel.folder, "go"), "");
  await ran(cell("--resume"));
  const after = readSweep(sweepDir("long")).trials;
  expect(after.map((trial) => trial.state)).toEqual(Array(12).fill("complete"));
  for (const trial of before) if (trial.state === "complete") expect(after[trial.number]).toEqual(trial);
});

test("workers end when the session is killed", async () => {
  const id = await kernel.start(
    "const { writeFileSync } = await import('node:fs'); writeFileSync('session.txt', String(process.pid));",
  );
  await kernel.finished(id);
  await kernel.start(
    "%%sweep orphan --trials 4 --minimize --parallel 2\n(trial) => {\n  require('node:fs').appendFileSync('pids.txt', process.pid + '\\n');\n  trial.suggestFloat('x', 0, 1);\n  for (;;);\n}",
  );
  while (!existsSync(join(kernel.folder, "pids.txt")) || lines("pids.txt").length < 2) await later(50);
  process.kill(Number(lines("session.txt")[0]), "SIGKILL");
  const pids = lines("pids.txt").map(Number);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
});

test("a name whose cell failed before it had a value is told with that cell, before a worker starts", async () => {
  await failed("const kept = 3;\nif (kept) throw new Error('no data');\nconst width = 4;");
  const sweep = (body: string) =>
    `%%sweep unfinished --trials 1 --maximize\n(trial) => trial.suggestFloat("x", 0, 1) + ${body}`;
  expect(await failed(sweep("width"))).toBe(
    "the sweep calls for width, and cell 1 declares width, but did not run to its end: run it again",
  );
  await failed("throw new Error('before');\nconst score = ({ lr }: { lr: number }) => lr;");
  expect(await failed("%sweep score lr=float(0,1) --trials 1 --maximize")).toMatch(
    /^the sweep calls for score, and cell 3 declares score, but did not run to its end/,
  );
  // What the cell came to serves; it fails in the worker as it failed here.
  expect(streamText(await ran(sweep("kept")))).toContain("cell 1: declares kept");
  await ran("const width = 4;");
  await ran(sweep("width"));
});

test("what trials print lies in files, which are named below the table", async () => {
  const cell = (print: string) =>
    `%%sweep loud --trials 2 --minimize\n(trial) => {\n  ${print}\n  return trial.suggestFloat('x', 0, 1);\n}`;
  expect(resultText(await ran(cell("")))).not.toContain("printed");
  const [, file = ""] =
    /^what the trials printed: (.*)$/m.exec(String(resultText(await ran(cell("console.log('heard');"))))) ??
    [];
  expect(readFileSync(join(kernel.folder, file), "utf8")).toBe("heard\nheard\n");
});
