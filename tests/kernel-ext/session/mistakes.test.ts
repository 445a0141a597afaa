/** What a person reads after an ordinary mistake, in a real kernel. */
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute('import { fit, models, tf } from "tunelab"');
});
afterAll(() => kernel.close());

/** The traceback's lines. */
async function refused(source: string): Promise<string[]> {
  const { messages } = await kernel.execute(source);
  const errors = messages.filter(({ type }) => type === "error");
  expect(errors).toHaveLength(1);
  const lines = errors[0]?.content.traceback as string[];
  return lines.flatMap((line) => stripVTControlCharacters(line).split("\n"));
}

it("a magic's refusal is one sentence, and the line where there are several", async () => {
  expect(await refused("%doctor nosuch")).toEqual([expect.stringMatching(/^MagicError: find run "nosuch"/)]);
  expect(await refused("const a = 1;\n%doctor nosuch\nconst b = 2;")).toEqual([
    expect.stringMatching(/^MagicError: find run "nosuch"/),
    expect.stringMatching(/^cell \d+, line 2$/),
    "> 2 | %doctor nosuch",
  ]);
});

it("an error deep in a library shows the cell's line and none of the library's frames", async () => {
  const lines = await refused("tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]))");
  expect(lines.filter((line) => /^\s+at /.test(line))).toEqual([
    expect.stringMatching(/^ {4}at cell-\d+\.ts:1:4( \{)?$/),
  ]);
  expect(lines).toContain("> 1 | tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]))");
});

it("a promise that failed and that nobody awaits is told once, with what to type", async () => {
  const execution = await kernel.execute("fit(5 as never, 5 as never)");
  const [error, ...more] = execution.messages.filter(({ type }) =>
    ["error", "stream", "execute_result"].includes(type),
  );
  expect(more).toEqual([]);
  const traceback = error?.content.traceback as string[];
  expect(error?.content.evalue).toMatch(/^fit needs a tf\.LayersModel/);
  expect(traceback.at(-1)).toBe("Nothing waits for this promise: write await fit(…).");
});

it("one that is no cell's value is told below its cell", async () => {
  const id = await kernel.start("const forgotten = fit(5 as never, 5 as never);\n1");
  const execution = await kernel.finished(id);
  const text = await kernel.until(
    () => streamText({ ...execution, messages: kernel.below(id) }, "stderr"),
    "the rejection",
  );
  expect(text).toMatch(
    /^Unhandled rejection: TypeError: fit needs .*\ncell \d+, line 1\n> 1 \| const forgotten = fit\(.*\n {4}\| {19}\^\n {2}2 \| 1\n {4}at cell-\d+\.ts:1:19\nNothing waits for this promise: write await fit\(…\)\.\n$/,
  );
});

it.each([
  ["promises derived of it", "const first = failing(); first.then(() => 1); first.finally(() => 2); 1"],
  ["the cell's value among them", "const value = failing(); value.then(() => 1); value"],
  ["the cell that waits for it", "const awaited = failing(); awaited.then(() => 1); await awaited"],
])("one error of several promises is told once: %s", async (_what, code) => {
  await kernel.execute("const failing = async () => { throw new Error('once') };");
  const id = await kernel.start(code);
  await kernel.finished(id);
  // Told after it, so whatever would come has come.
  await kernel.execute("await new Promise((done) => setTimeout(done, 100))");
  const texts = kernel
    .below(id)
    .map(({ content }) => JSON.stringify(content.text ?? content.traceback ?? ""));
  expect(texts.join("").match(/Error(?:\\u001b\[[\d;]*m)*: once/g)).toHaveLength(1);
});

it("an error that a later cell fails with again is told there too", async () => {
  await kernel.execute("const kept = new Error('again'); void Promise.reject(kept)");
  expect((await refused("throw kept"))[0]).toBe("Error: again");
  const id = await kernel.start("void Promise.reject(kept)");
  await kernel.finished(id);
  await kernel.until(
    () =>
      kernel.below(id).some(({ content }) => /Unhandled rejection: Error: again/.test(String(content.text))),
    "the rejection",
  );
});

it("a pending promise is shown, and its later failure told", async () => {
  const gate = kernel.gate();
  const id = await kernel.start(`${gate.code}.then(() => { throw new Error('late') })`);
  await kernel.finished(id);
  gate.open();
  expect(kernel.below(id).some(({ type }) => type === "execute_result")).toBe(true);
  await kernel.until(
    () =>
      kernel.below(id).some(({ content }) => /Unhandled rejection: Error: late/.test(String(content.text))),
    "the rejection",
  );
});

it.each([
  ["in the check", 'import chunk from "no-such-package/chunk"'],
  ["while it runs", 'const missing = "no-such-package/chunk"; await import(missing)'],
  ["of require", 'const absent = "no-such-package/chunk"; require(absent)'],
])("a missing package is named with the line that installs it, %s", async (_when, source) => {
  expect(await refused(source)).toContainEqual(
    expect.stringMatching(/^\s*%npm install no-such-package makes it importable here$/),
  );
});

it("a missing file is no package", async () => {
  expect((await refused('import x from "./nothing.js"')).join("\n")).not.toContain("%npm");
});

it("a name whose cell failed before it had a value is told with that cell", async () => {
  const [, name] =
    /^cell (\d+)/.exec((await refused("throw new Error('no');\nconst late = 1;"))[1] ?? "") ?? [];
  expect((await refused("late + 1")).at(-1)).toBe(
    `cell ${name} declares late, but did not run to its end: run it again.`,
  );
  await kernel.execute("const late = 2;");
  expect((await refused("late + nowhere")).join("\n")).not.toContain("run it again");
});

it("one error that a timer's promises fail with again and again is told in full once, the others are counted", async () => {
  const id = await kernel.start(
    "const same = new Error('same'); let left = 5;\nconst timer = setInterval(() => { Promise.reject(same); if (--left === 0) clearInterval(timer); }, 5); 1",
  );
  await kernel.finished(id);
  const text = () =>
    kernel
      .below(id)
      .filter(({ type }) => type === "stream")
      .map(({ content }) => String(content.text))
      .join("");
  // On a busy machine they are more than a second apart, and each second has its count.
  const counted = () => [...text().matchAll(/… and (\d+) more errors? that nothing waited for\n/g)];
  const sum = () => counted().reduce((whole, [, more]) => whole + Number(more), 0);
  await kernel.until(() => sum() === 4, "the counts");
  expect(text().match(/Unhandled rejection: Error: same/g)).toHaveLength(1);
  expect(text()).toMatch(/ that nothing waited for\n$/);
});
