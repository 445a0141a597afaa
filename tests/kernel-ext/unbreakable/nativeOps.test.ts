/** Native code that computes for seconds, and an interrupt meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { strain } from "../heartbeatProbe.js";
import { keptWaiting } from "../keptWaiting.js";
import { KernelClient, resultText, streamText } from "../kernelClient.js";
import { load } from "../load.js";

/** Milliseconds for a heartbeat. */
const beat = 50;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
  await kernel.execute('import { tf } from "tunelab"; tf.zeros([1]); let kept = 42;');
});
afterAll(() => kernel.close());

/** Starts a cell and resolves once it has printed. */
async function begun(code: string): Promise<string> {
  const id = await kernel.start(`console.log("begun"); ${code}`);
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
  await sleep(200);
  return id;
}

const interrupt = () => kernel.request("interrupt_request", {}, "control");
const libc = process.platform === "darwin" ? "libc.dylib" : "libc.so.6";

it("ends a cell at the end of its op, variables kept; heartbeat and other requests go on", async () => {
  // Made by an op: what JavaScript makes is copied in JavaScript first, which an interrupt ends at once.
  await kernel.execute(`const square = (size: number) => tf.add(tf.ones([size, 1]), tf.ones([1, size]));
const product = (size: number) => {
  const factor = square(size);
  const began = performance.now();
  tf.matMul(factor, factor).dataSync();
  return performance.now() - began;
};
product(1500);
// So large that it takes this machine three seconds or more: time goes with the third power.
const a = square(Math.min(20_000, Math.round(1500 * (3000 / Math.min(product(1500), product(1500))) ** (1 / 3))));`);
  const endOfBeats = await kernel.probeHeartbeat();
  const id = await begun('const b = tf.matMul(a, a); b.dataSync(); console.log("op"); for (;;) {}');
  const kept = keptWaiting(kernel.pid);
  const at = performance.now();
  await interrupt();
  const answered = performance.now() - at;
  const waited = kept();
  const text = kernel
    .below(id)
    .filter(({ type }) => type === "stream")
    .map(({ content }) => content.text);
  expect(text.join(""), "the op is still at work").toBe("begun\n");
  const { matches } = (await kernel.request("complete_request", { code: "kep", cursor_pos: 3 })).content;
  expect(matches).toContain("kept");
  const run = await kernel.finished(id, at);
  const { most, idle } = await endOfBeats();
  console.log(
    `interrupt answered in ${answered.toFixed(1)} ms, the matMul's cell ended after ${Math.round(run.milliseconds)} ms; heartbeat ${most.toFixed(1)} ms`,
  );
  expect(run.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
  expect(answered - waited).toBeLessThan(300);
  expect(most, `an idle echo: ${idle} ms`).toBeLessThan(beat * load + strain * idle);
  expect(resultText(await kernel.execute("kept"))).toBe("42");
  expect(resultText(await kernel.execute("tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync()[0]"))).toBe(
    "2",
  );
});

it.skipIf(process.platform === "win32")(
  "replaces the session on a second interrupt, and says what is lost",
  async () => {
    await kernel.execute(
      `import koffi from "koffi"; const nap = koffi.load("${libc}").func("int sleep(int)");`,
    );
    const id = await begun("nap(60)");
    await interrupt();
    await sleep(500);
    // One that comes at once is a person's impatience, not a decision.
    await interrupt();
    await sleep(2700);
    expect(kernel.replied.has(id)).toBe(false);
    const at = performance.now();
    await interrupt();
    const run = await kernel.finished(id, at);
    console.log(`the session was replaced ${Math.round(run.milliseconds)} ms after the second interrupt`);
    expect(run.reply).toMatchObject({ status: "error", ename: "SessionEnded" });
    expect(run.reply.evalue).toMatch(/variables are lost \(tf, kept, .*koffi, nap\)/);
    expect(streamText(run)).toBe("begun\n");
    expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
  },
);
