/** The heartbeat under load, as another process sees it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { strain } from "../heartbeatProbe.js";
import { KernelClient } from "../kernelClient.js";

/** Milliseconds, beyond what the machine takes for an echo with nothing else to do. */
const bound = 50;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

const loads: [string, () => Promise<unknown>][] = [
  ["a loop without end", () => until("for (;;) {}")],
  ["endless microtasks", () => until("for (;;) await null")],
  ["100,000 prints in a tick", () => kernel.execute("for (let i = 0; i < 100_000; i++) console.log(i)")],
  [
    "200 MB of output",
    () => kernel.execute("const mb = 'y'.repeat(1e6); for (let i = 0; i < 200; i++) console.log(mb)"),
  ],
  [
    "sessions that die",
    async () => {
      for (let i = 0; i < 4; i++) await kernel.execute("process.abort()");
    },
  ],
  [
    "a front busy with requests",
    async () => {
      const code = `${"const a = { b: [1, 2, { c: 3 }] };\n".repeat(2000)}a.`;
      const asked = Array.from({ length: 10 }, () => kernel.request("is_complete_request", { code }));
      const cell = Array.from({ length: 3000 }, (_, i) => `let busy${i} = [${i}, "${i}"] as const;`).join(
        "\n",
      );
      await Promise.all([...asked, kernel.execute(cell)]);
    },
  ],
];

/** A cell that runs for a second and is then interrupted. */
async function until(code: string): Promise<void> {
  const id = await kernel.start(code);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await kernel.request("interrupt_request", {}, "control");
  await kernel.finished(id);
}

it.each(loads)("is answered in time through %s", async (_what, load) => {
  const end = await kernel.probeHeartbeat();
  await load();
  const { count, most, idle } = await end();
  expect(count).toBeGreaterThan(10);
  expect(most, `98 % of ${count}; an idle echo: ${idle} ms`).toBeLessThan(bound + strain * idle);
});
