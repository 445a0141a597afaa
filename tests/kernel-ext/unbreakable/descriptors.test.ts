/** A cell that holds every descriptor a process may have: the session hears, tells and is interrupted without a new one. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

const takeAll = "try { for (;;) held.push(openSync('/dev/null')) } catch (error) { console.log(error.code) }";

it.each([
  ["in a loop", "for (;;) {}"],
  // Its children are looked for, in vain: it may be one of them that it waits for.
  ["in native code", "nap(2); await new Promise(() => {})"],
])("is interrupted %s, and the session lives on, its variables kept", async (_where, code) => {
  await kernel.execute(`import koffi from "koffi";
import { closeSync, openSync } from "node:fs";
const nap = koffi.load("${process.platform === "darwin" ? "libc.dylib" : "libc.so.6"}").func("int sleep(int)");
const held: number[] = []; let kept = 42`);
  const id = await kernel.start(`${takeAll}\n${code}`);
  const [taken] = await kernel.until(() => {
    const printed = kernel.below(id).filter(({ type }) => type === "stream");
    return printed.length > 0 && printed;
  }, "the print");
  expect(taken?.content.text).toBe("EMFILE\n");
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
  // The session is looked after twice a second, also when nothing runs.
  const run = await kernel.execute(
    "await new Promise((go) => setTimeout(go, 1200)); console.log('told'); kept",
  );
  expect(streamText(run)).toBe("told\n");
  expect(resultText(run)).toBe("42");
  await kernel.execute("for (const one of held) closeSync(one)");
});
