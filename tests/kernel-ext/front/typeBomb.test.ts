/** Types that take the checker longer than anybody waits. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { keptWaiting } from "../keptWaiting.js";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

/** Each line takes seconds: together they take longer than the checker is given, on any machine. */
const lines = Array.from(
  { length: 12 },
  (_, i) => `const bomb${i}: M<R<999>, R<${999 - i}>> = null as any as M<R<${999 - i}>, R<${998 - i}>>;`,
);
const bomb = `type R<N extends number, A extends any[] = []> = A["length"] extends N ? A : R<N, [...A, any]>;
type M<A extends any[], B extends any[]> = { [K in keyof A]: { [L in keyof B]: [A[K], B[L], R<900>] } };
${lines.join("\n")} 1`;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

const interrupt = () => kernel.request("interrupt_request", {}, "control");

it("an interrupt ends its cell at once, however often, and the session knows nothing of it", async () => {
  await kernel.execute("let precious = 1");
  for (let round = 0; round < 2; round++) {
    const id = await kernel.start(bomb);
    await sleep(300);
    const kept = keptWaiting(kernel.pid);
    const begun = performance.now();
    await interrupt();
    const run = await kernel.finished(id, begun);
    const waited = kept();
    expect(run.reply.ename).toBe("KeyboardInterrupt");
    expect(run.milliseconds - waited).toBeLessThan(600);
    // The checker is another one, and checks still.
    expect((await kernel.execute("const wrong: string = precious")).reply.ename).toBe("TypeScriptError");
    expect(resultText(await kernel.execute("precious"))).toBe("1");
  }
});

/** The checker is given 10 s of work, for which a busy machine may take six times as long. */
const longest = 65_000;

it("in warn the next cell does not wait for it, and is told of names that are not checked yet", {
  timeout: longest + 20_000,
}, async () => {
  await kernel.execute("%typecheck warn");
  const id = await kernel.start(bomb);
  await kernel.finished(id);
  expect(resultText(await kernel.execute("precious"))).toBe("1");
  const told = await kernel.until(
    () => kernel.below(id).find(({ type }) => type === "stream"),
    "word of the check",
    longest,
  );
  expect(told.content.text).toContain("took longer than 10 s to check: it runs unchecked");
  await kernel.execute("%typecheck strict");
  expect((await kernel.execute("const wrong: string = precious")).reply.ename).toBe("TypeScriptError");
});

it("in strict its cell is refused after a while, and cells are checked still", {
  timeout: longest + 20_000,
}, async () => {
  // The second answer in a row that came too late, which is no death.
  const run = await kernel.finished(await kernel.start(bomb), performance.now(), longest);
  expect(run.reply).toMatchObject({ ename: "TypeScriptError" });
  expect(run.reply.evalue).toContain("took longer than 10 s to check, so it did not run");
  const next = await kernel.execute("const wrong: string = precious");
  expect(next.reply.ename).toBe("TypeScriptError");
  expect(streamText(next, "stderr")).toBe("");
  expect(resultText(await kernel.execute("precious"))).toBe("1");
});
