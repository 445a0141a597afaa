/**
 * Loops that an interrupt can only end with the session: told plainly, with what was lost.
 *
 * Where V8 ends code that async hooks follow, Node's own stack of them is left as it was, and Node ends itself over that
 * (`InternalCallbackScope::Close`). A thrown error V8's inspector describes by its `stack` and `message`; when a getter of
 * them is ended, what it asks V8 next has no answer, and it ends the process over that
 * (`ProtocolPromiseHandler::catchCallback`). It does so whatever it is asked to tell of the error, and before any code of
 * ours learns that there is one.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

const storage =
  "import { AsyncLocalStorage } from 'node:async_hooks'; const storage = new AsyncLocalStorage();";
const loop = "{ console.log('begun'); for (;;) {} }";
const failing = (key: string) =>
  `const hostile = new Error("x"); Object.defineProperty(hostile, "${key}", { get() ${loop} }); throw hostile`;

it.each([
  [
    "a timer's callback after the use of AsyncLocalStorage",
    `${storage} storage.run(1, () => setTimeout(() => ${loop}, 1)); await new Promise(() => {})`,
  ],
  [
    "a microtask after the use of AsyncLocalStorage",
    `${storage} storage.run(1, () => Promise.resolve().then(() => ${loop})); await new Promise(() => {})`,
  ],
  ["the message of an error that a cell throws", failing("message")],
  ["the stack of an error that a cell throws", failing("stack")],
])("%s", async (_what, code) => {
  await kernel.execute("let kept = 42");
  const id = await kernel.start(code);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await sleep(100);
  await kernel.request("interrupt_request", {}, "control");
  const { reply, messages } = await kernel.finished(id);
  expect(reply).toMatchObject({ status: "error", ename: "SessionEnded" });
  expect(reply.evalue).toMatch(
    /^the session ended \((?:signal SIG[A-Z]+|exit code 1), as it was interrupted: Node /,
  );
  expect(reply.evalue).toMatch(/variables are lost \(.*kept.*\)/);
  expect(messages.filter(({ type }) => type === "error").length).toBe(1);
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

it.each([
  ["process.exit(1)", "exit code 1, by process.exit"],
  ["process.reallyExit(1)", "exit code 1"],
  ["process.abort()", "signal SIGABRT"],
])("what a cell does of its own as it is interrupted is not put down to Node: %s", async (end, how) => {
  const id = await kernel.start(
    `console.log("begun"); try { await new Promise(() => {}) } catch { console.error("gives up"); ${end} }`,
  );
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id);
  expect(reply.evalue).toMatch(new RegExp(`^the session ended \\(${how.replace(".", "\\.")}\\)`));
});

it("what V8 cannot hold is not put down to an interrupt that came before it", async () => {
  // 2 ** 28 parts are more than an array of V8's takes, and nothing can catch that.
  const id = await kernel.start(
    "const text = 'x'.repeat(2 ** 28); console.log('begun'); try { await new Promise(() => {}) } catch { text.split('') }",
  );
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await kernel.request("interrupt_request", {}, "control");
  const { reply } = await kernel.finished(id);
  expect(reply.evalue).toMatch(
    /^the session ended \(V8 cannot hold anything this large: invalid size error \d+; signal SIG[A-Z]+\)/,
  );
});

it("a death soon after an interrupt that ended its cell is not said to be one's", async () => {
  const id = await kernel.start("console.log('begun'); for (;;) {}");
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
  const { reply } = await kernel.execute("process.abort()");
  expect(reply.evalue).toMatch(/^the session ended \(signal SIGABRT\)/);
});
