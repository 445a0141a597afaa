import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptWaiting } from "../keptWaiting.js";
import { KernelClient, resultText } from "../kernelClient.js";
import { load } from "../load.js";
import { alive, family } from "../unbreakable/processes.js";

/** Milliseconds from the request to the cell's end: what a person feels as at once. */
const promised = 300;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

/** Runs a cell, interrupts it, and checks that it ended and that variables are kept. */
async function interrupted(code: string, after = 0): Promise<void> {
  await kernel.execute("let kept = 42");
  const id = await kernel.start(code);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the cell's first print");
  await sleep(after);
  const kept = keptWaiting(kernel.pid);
  const begun = performance.now();
  const reply = await kernel.request("interrupt_request", {}, "control");
  expect(reply.content).toEqual({ status: "ok" });
  const run = await kernel.finished(id, begun);
  const waited = kept();
  expect(run.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(run.messages.filter(({ type }) => type === "error").length).toBe(1);
  expect(resultText(await kernel.execute("kept"))).toBe("42");
  console.log(
    `ended ${Math.round(run.milliseconds)} ms after the interrupt; threads waited ${Math.round(waited)} ms for a processor`,
  );
  expect(run.milliseconds - waited).toBeLessThan(promised * load);
}

const begin = "console.log('begun');";
const nap = "new Promise((r) => setTimeout(r, 10))";
const training = `import { data, fit, models } from "tunelab";
const few = data.arrays({ x: [[0], [1], [2], [3]], y: [[0], [1], [2], [3]] });
const tiny = models.mlp({ inputShape: [1], hidden: [2], outputs: 1 });
const train = (epochs: number) => fit(tiny, few, { epochs, track: false, progress: false });`;

describe("an interrupt ends the cell and keeps its variables", () => {
  it.each([
    ["a loop", `${begin} for (;;) {}`],
    ["a loop in a function", `function spin() { for (;;) {} } ${begin} spin()`],
    ["a loop after an await", `${begin} await ${nap}; for (;;) {}`],
    ["a loop of sleeps", `${begin} for (;;) await ${nap}`],
    ["an await that never settles", `${begin} await new Promise(() => {})`],
    ["endless microtasks", `${begin} for (;;) await null`],
    ["a loop inside a microtask", `${begin} await Promise.resolve().then(() => { for (;;) {} })`],
    ["a loop that catches", `${begin} for (;;) { try { await ${nap} } catch {} }`],
    ["a synchronous loop that catches", `${begin} for (;;) { try { for (;;) {} } catch {} }`],
    ["a loop in a catch", `${begin} try { await new Promise(() => {}) } catch { for (;;) {} }`],
    [
      "for await",
      `async function* ticks() { for (;;) { await ${nap}; yield 1 } } ${begin} for await (const t of ticks()) {}`,
    ],
    ["Atomics.wait", `${begin} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`],
    ["a child process waited for", `${begin} require("child_process").execSync("sleep 30")`],
    ["!sleep", `${begin}\n!sleep 30`],
  ])("%s", (_what, code) => interrupted(code));

  it.each<readonly [string, string]>([
    ["a command that does not end by itself", `${begin}\n!trap '' INT TERM; sleep 30; echo survived`],
    ["a command that waits for its background", `${begin}\n!sleep 30 & wait`],
    ...(process.platform === "linux"
      ? [["output held by who left a command's group", `${begin}\n!setsid sleep 30`] as const]
      : []),
    ["a loop after a command", `!true\n${begin} for (;;) {}`],
    ["an await after a command", `!true\n${begin} await new Promise(() => {})`],
    ["a loop after a training", `await train(1); ${begin} for (;;) {}`],
    ["an await after a training", `await train(1); ${begin} await new Promise(() => {})`],
    ["%timeit of what computes", `${begin}\n%timeit -n 1000000000 Math.sqrt(2)`],
    ["%timeit of an await", `${begin}\n%timeit -n 1000000000 await null`],
    ["%timeit of a sleep", `${begin}\n%timeit -n 1000 await ${nap}`],
  ])("%s", async (_what, code) => {
    await kernel.execute(training);
    await interrupted(code, 400);
  });

  it("of a command prints nothing of it afterwards", async () => {
    const go = join(kernel.folder, "go");
    const id = await kernel.start(
      `!trap '' INT; echo begun; while [ ! -e ${go} ]; do sleep 0.1; done; echo survived`,
    );
    await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
    await kernel.request("interrupt_request", {}, "control");
    await kernel.finished(id);
    writeFileSync(go, "");
    await sleep(700);
    const printed = kernel.below(id).filter(({ type }) => type === "stream");
    expect(printed.map(({ content }) => content.text)).toEqual(["begun\n"]);
  });

  it("of a %time that V8 gives no chance to end has it told below its own cell, not below a later one", async () => {
    // The loop begins as the interrupt rejects the await: what the cell itself waits for is dropped with it.
    const code = `(async () => { ${begin} try { await new Promise(() => {}) } catch { for (;;) {} } })()`;
    const id = await kernel.start(`%time const ended = await ${code}`);
    await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
    await kernel.request("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
    const { messages } = await kernel.execute("throw new Error('another')");
    expect(messages.filter(({ type }) => type === "stream")).toEqual([]);
    const told = kernel.below(id).filter(({ type }) => type === "stream");
    expect(told.map(({ content }) => content.text).join("")).toMatch(/^begun\nwall .* user .*\n$/);
  });

  it("lets a training end by itself, and say how far it came", async () => {
    await kernel.execute(training);
    const callbacks = `{ epoch: ({ epoch }: { epoch: number }) => { if (epoch === 1) ${begin} } }`;
    const id = await kernel.start(
      `await fit(tiny, few, { epochs: 1e9, track: false, progress: false, callbacks: ${callbacks} })`,
    );
    await kernel.until(
      () => kernel.below(id).some(({ type }) => type === "stream"),
      "the first epoch's print",
    );
    const kept = keptWaiting(kernel.pid);
    const begun = performance.now();
    await kernel.request("interrupt_request", {}, "control");
    const { reply, milliseconds } = await kernel.finished(id, begun);
    const waited = kept();
    expect(reply.ename).toBe("KeyboardInterrupt");
    expect(reply.evalue).toMatch(/was interrupted after [\d,]+ epochs?/);
    expect(milliseconds - waited).toBeLessThan(promised * load);
  });

  it("does not run finally, nor the cell after it", async () => {
    await kernel.execute("let reached = false");
    const id = await kernel.start(`${begin} try { for (;;) {} } finally { reached = true }`);
    const next = await kernel.start("reached = true");
    await kernel.heard();
    await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
    await kernel.request("interrupt_request", {}, "control");
    await kernel.finished(id);
    expect((await kernel.finished(next)).reply).toMatchObject({ ename: "Aborted" });
    expect(resultText(await kernel.execute("reached"))).toBe("false");
  });
});

it.skipIf(process.platform !== "linux")(
  "of a child waited for spares the children that other cells left running",
  async () => {
    const start = (seconds: number) =>
      `require("child_process").spawn("sh", ["-c", "sleep ${seconds} & wait; exit 0"], { stdio: "ignore" })`;
    const pids = async (name: string) => {
      const pid = Number(resultText(await kernel.execute(`${name}.pid`)));
      const members = () => family(pid).map((one) => one.pid);
      // The shell, and what it started, may not be there yet.
      await expect.poll(members).toHaveLength(2);
      return members();
    };
    await kernel.execute(`const server = ${start(1011)}; 1`);
    const spared = await pids("server");
    await interrupted(
      `const helper = ${start(1012)}; ${begin} require("child_process").execSync("sleep 30; true")`,
      200,
    );
    expect(spared.map(alive), "of the earlier cell").toEqual([true, true]);
    expect(resultText(await kernel.execute("server.exitCode ?? server.signalCode"))).toBe("null");
    await kernel.execute(
      "while (helper.exitCode === null && helper.signalCode === null) await new Promise((go) => setTimeout(go, 10))",
    );
    expect(resultText(await kernel.execute("helper.signalCode"))).toBe("'SIGINT'");
    for (const pid of spared) process.kill(pid, "SIGKILL");
  },
);

it("keeps a waiting cell alive through collections of garbage", async () => {
  await kernel.execute(
    "require('node:v8').setFlagsFromString('--expose-gc'); const collect = require('node:vm').runInNewContext('gc'); const collecting = setInterval(collect, 20)",
  );
  await interrupted(`${begin} await new Promise(() => {})`);
  await sleep(200);
  await interrupted(`${begin} await (async () => { await new Promise(() => {}) })()`);
  await sleep(200);
  expect(resultText(await kernel.execute("clearInterval(collecting); kept"))).toBe("42");
});

it("does nothing when nothing runs", async () => {
  await kernel.request("interrupt_request", {}, "control");
  await sleep(200);
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

it("spares the cell that begins right after an interrupt that found nothing to end", async () => {
  const busy = "{ const until = Date.now() + 250; while (Date.now() < until); } 'whole'";
  for (let round = 0; round < 12; round++) {
    await kernel.request("interrupt_request", {}, "control");
    const id = await kernel.start(busy);
    expect(resultText(await kernel.finished(id))).toBe("'whole'");
  }
});

it("gives code that polls the signal the time to end by itself", async () => {
  // A file of the notebook's, as the library: its awaits are not the cell's.
  const work = `export async function work() {
    const signal = (globalThis as any)[Symbol.for("tunelab.host")].signal();
    while (!signal.aborted) await new Promise((r) => setTimeout(r, 10));
    await new Promise((r) => setTimeout(r, 400));
    console.log("ended by itself");
    throw new Error("stopped");
  }`;
  writeFileSync(join(kernel.folder, "work.ts"), work);
  const id = await kernel.start(`import { work } from "./work"; ${begin} await work()`);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id);
  expect(reply).toMatchObject({ status: "error", evalue: "stopped" });
  const text = kernel
    .below(id)
    .filter(({ type }) => type === "stream")
    .map(({ content }) => content.text);
  expect(text.join("")).toBe("begun\nended by itself\n");
});

describe("code of an ended cell that keeps the session busy", () => {
  const loop = "for (;;) {}";
  const begins = "console.log('late');";
  const late: [string, string][] = [
    ["a timer's callback", `setTimeout(() => { ${begins} ${loop} }, 20)`],
    ["an interval's callback", `setInterval(() => { ${begins} ${loop} }, 20)`],
    ["an immediate", `setImmediate(() => { ${begins} ${loop} })`],
    ["a microtask", `setTimeout(() => Promise.resolve().then(() => { ${begins} ${loop} }), 20)`],
    ["a file's callback", `require("fs").stat("/", () => { ${begins} ${loop} })`],
    [
      "a lock",
      `setTimeout(() => { ${begins} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0) }, 20)`,
    ],
  ];

  it.each(late)("%s: an interrupt frees the cell that waits, variables kept", async (_what, code) => {
    await kernel.execute("let kept = 42");
    const early = await kernel.start(`${code}; 1`);
    await kernel.finished(early);
    await kernel.until(() => kernel.below(early).some(({ type }) => type === "stream"), "the late print");
    const id = await kernel.start("'waits'");
    await sleep(100);
    expect(kernel.replied.has(id)).toBe(false);
    const kept = keptWaiting(kernel.pid);
    const begun = performance.now();
    await kernel.request("interrupt_request", {}, "control");
    const { milliseconds } = await kernel.finished(id, begun);
    const waited = kept();
    expect(resultText(await kernel.execute("kept"))).toBe("42");
    expect(milliseconds - waited).toBeLessThan(promised * load);
  });

  it("an interrupt meanwhile is not lost to the cell that has not begun", async () => {
    await kernel.execute("let kept = 42");
    // Busy until the test has come as far, and longer than the interrupt lets it be.
    const busy = `setTimeout(() => { console.log("late"); ${loop} }, 20); 1`;
    const early = await kernel.start(busy);
    await kernel.until(() => kernel.below(early).some(({ type }) => type === "stream"), "the late print");
    const id = await kernel.start(loop);
    await kernel.heard();
    const kept = keptWaiting(kernel.pid);
    const begun = performance.now();
    await kernel.request("interrupt_request", {}, "control");
    const { reply, milliseconds } = await kernel.finished(id, begun);
    const waited = kept();
    expect(reply.ename).toBe("KeyboardInterrupt");
    expect(milliseconds - waited).toBeLessThan(promised * load);
    await sleep(3200);
    const next = await kernel.start(`${begin} await new Promise(() => {})`);
    await kernel.until(() => kernel.below(next).some(({ type }) => type === "stream"), "the print");
    await kernel.request("interrupt_request", {}, "control");
    expect((await kernel.finished(next)).reply.ename).toBe("KeyboardInterrupt");
    expect(resultText(await kernel.execute("kept"))).toBe("42");
  });

  it("is told though no cell waits, and an interrupt ends it", async () => {
    await kernel.execute("let kept = 42");
    const id = await kernel.start(`setTimeout(() => { ${loop} }, 20); 1`);
    const { reply } = await kernel.finished(id);
    const told = await kernel.until(
      () => kernel.below(id).find(({ type }) => type === "stream"),
      "word of it",
      15_000,
    );
    expect(told.content).toMatchObject({ name: "stderr" });
    expect(told.content.text).toContain(
      `code of cell ${reply.execution_count}, such as a timer's callback, keeps the session busy`,
    );
    await kernel.request("interrupt_request", {}, "control");
    expect(resultText(await kernel.execute("kept"))).toBe("42");
  });

  it("no interrupt can end is replaced on the second, and said to be, though no cell waits", async () => {
    const id = await kernel.start(`import koffi from "koffi";
const nap = koffi.load("${process.platform === "darwin" ? "libc.dylib" : "libc.so.6"}").func("int sleep(int)");
let gone = 1; setTimeout(() => nap(60), 20); 1`);
    await kernel.finished(id);
    const said = (text: string) => () =>
      kernel.below(id).some(({ content }) => String(content.text).includes(text));
    await kernel.until(said("keeps the session busy"), "word of it", 15_000);
    await kernel.request("interrupt_request", {}, "control");
    await sleep(3100);
    await kernel.request("interrupt_request", {}, "control");
    await kernel.until(said("variables are lost"), "word of the end");
    expect(resultText(await kernel.execute("2 + 2"))).toBe("4");
  });
});

it("ends a loop in a timer's callback of the running cell, variables kept", async () => {
  await interrupted(`${begin} await new Promise(() => { setTimeout(() => { for (;;) {} }, 1) })`, 100);
});
