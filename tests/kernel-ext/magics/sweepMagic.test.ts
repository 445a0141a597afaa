/** `%sweep FUNCTION` and an unnamed `%%sweep` in a real kernel, and the board that follows. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findRuns } from "../../../src/track/findRuns.js";
import { readRunRecord } from "../../../src/track/runReader.js";
import { type Execution, KernelClient } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await ran('import { data, fit, models, type Trial } from "tunelab";');
});
afterAll(() => kernel.close());

async function ran(code: string) {
  const execution = await kernel.finished(await kernel.start(code), performance.now(), 60_000);
  expect(execution.reply, `${code}\n${String(execution.reply.evalue)}`).toMatchObject({ status: "ok" });
  return execution;
}

async function refusal(code: string): Promise<unknown> {
  const execution = await kernel.finished(await kernel.start(code), performance.now(), 60_000);
  const traceback = execution.reply.traceback as string[] | undefined;
  expect(traceback, code).toHaveLength(1);
  return execution.reply.evalue;
}

test("a wrong function or parameter is one sentence with the nearest name, and no worker starts", async () => {
  await ran(
    "const x = Array.from({ length: 32 }, (_, i) => [i % 2, 1 - (i % 2)]);\nconst points = data.arrays({ x, y: x.map(([a = 0]) => a), classes: 2 });",
  );
  await ran(
    "async function train({ lr, units = 2 }: { lr: number; units?: number }) {\n  const model = models.mlp({ inputShape: [2], hidden: [units], classes: 2 });\n  const run = await fit(model, points, { epochs: 1 });\n  return run.history.loss[0]! + lr;\n}",
  );
  expect(await refusal("%sweep trian lr=log(1e-4,1e-1) --trials 1 --minimize")).toBe(
    "%sweep requires a function of this notebook, but there is no trian. Did you mean train?",
  );
  await ran("const f1 = 3, trainer = 4, scores = () => 1;");
  expect(await refusal("%sweep f lr=1 --trials 1 --minimize")).toBe(
    "%sweep requires a function of this notebook, but there is no f.",
  );
  expect(await refusal("%sweep score lr=1 --trials 1 --minimize")).toMatch(
    /no score. Did you mean scores\?$/,
  );
  expect(await refusal("%sweep train l=log(1e-4,1e-1) --trials 1 --minimize")).toBe(
    "%sweep calls train, which takes lr, units, but was given l. Did you mean lr?",
  );
  expect(await refusal("%sweep train units=int(1,3) --trials 1 --minimize")).toMatch(
    /^%sweep calls train, which requires lr: /,
  );
  expect(await refusal("%sweep train lr=1 --trials 1 --minimize --engine ray")).toBe(
    '%sweep option --engine must be local, but was given "ray"',
  );
});

test("what the space gives is held against the function's own types", async () => {
  await ran(
    "function tune({ units, optimizer = 'sgd' }: { units: number; optimizer?: 'adam' | 'sgd' }, trial: Trial) {\n  return units;\n}",
  );
  const wrong = await kernel.execute(
    "1;\n%sweep tune units=int(1,3) optimizer=[adm,sgd] --trials 2 --minimize",
  );
  expect(wrong.reply.evalue).toBe(
    `parameter optimizer: Type '"adm" | "sgd"' is not assignable to type '"adam" | "sgd" | undefined'. (TS2322, line 2)`,
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
  const shown = (wrong.reply.traceback as string[]).join("\n").replace(/\u001b\[\d+m/g, "");
  expect(shown).toMatch(/\n {4}│ {28}~{19}(\n|$)/);
  for (const space of ["units=[few,many]", "units=true", "units=3 optimizer=int(1,3)"]) {
    const { reply } = await kernel.execute(`%sweep tune ${space} --trials 2 --minimize`);
    expect(reply.evalue, space).toMatch(/^parameter (units|optimizer): Type .* is not assignable/);
  }
  await ran("%sweep tune units=[1, 2] optimizer=[adam,'sgd'] --trials 2 --minimize");
});

test("a sweep whose trials all fail fails its cell, and keeps its result", async () => {
  const { reply } = await kernel.finished(
    await kernel.start(
      "%%sweep doomed --trials 2 --minimize\n(trial) => { throw new RangeError('no ' + trial.suggestInt('x', 1, 9)); }",
    ),
    performance.now(),
    60_000,
  );
  expect(reply).toMatchObject({
    status: "error",
    evalue: expect.stringMatching(/^all 2 trials failed; .*no \d/),
  });
  await ran("if (doomedSweep.trials.length !== 2) throw new Error('the result is lost');");
  await ran("const measure = ({ a }: { a: number }) => ({ loss: a, valAccuracy: a });");
  expect(await refusal("%sweep measure a=float(0,1) --trials 3 --maximize valAcuracy")).toMatch(
    /Did you mean valAccuracy\?$/,
  );
});

test("a trial's run is named after it, with its group and parameters, although fit was not told of it", async () => {
  await ran("%sweep train lr=log(1e-4,1e-1) units=int(1,3) --trials 2 --minimize");
  const records = findRuns([], { dir: join(kernel.folder, "runs") }).map(readRunRecord);
  expect(records.map(({ name, group }) => [name, group])).toEqual([
    ["train-0", "train"],
    ["train-1", "train"],
  ]);
  expect(records[0]?.config).toMatchObject({ lr: expect.any(Number), units: expect.any(Number) });
});

test("%board draws the sweep that was made here, not a run of its trials", async () => {
  await ran(
    "%%sweep --trials 3 --minimize\n(trial) => {\n  trial.run.log({ 'epoch/loss': 1 }, 1);\n  return (trial.suggestFloat('rate', 0, 1) - 0.5) ** 2;\n}",
  );
  const named = await ran("%board sweep");
  expect(boardText(named)).toMatch(/^sweep sweep: 3 trials \(3 complete/);
  expect(boardText(await ran("%board"))).toContain(boardText(named));
});

function boardText({ messages }: Execution): string {
  const shown = messages.find(({ type }) => /display_data|execute_result/.test(type));
  return String((shown?.content.data as Record<string, unknown> | undefined)?.["text/plain"]);
}
