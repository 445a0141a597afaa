/** History as a client sees it, of two kernels that share a folder and run at the same time. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient, streamText } from "../../kernelClient.js";

const folder = mkdtempSync(join(tmpdir(), "tunelab-history-"));
const env = { TUNELAB_HISTORY: join(folder, "kept") };
let kernels: [KernelClient, KernelClient];
beforeAll(async () => {
  kernels = await Promise.all([KernelClient.start({ env }), KernelClient.start({ env })]);
});
afterAll(async () => {
  await Promise.all(kernels.map((kernel) => kernel.close()));
  rmSync(folder, { recursive: true, force: true });
});

type Row = [session: number, line: number, input: unknown];

async function history(kernel: KernelClient, content: Record<string, unknown>): Promise<Row[]> {
  const reply = await kernel.request("history_request", { output: false, raw: true, ...content });
  expect(reply.content.status).toBe("ok");
  return reply.content.history as Row[];
}

it("keeps every cell of both, each in a session of its own, but no result", async () => {
  const typed = (who: string) => Array.from({ length: 20 }, (_, i) => `"${who} ${i}"`);
  await Promise.all(
    kernels.map(async (kernel, index) => {
      for (const code of typed(`kernel ${index}`)) await kernel.execute(code);
    }),
  );
  const third = await KernelClient.start({ env });
  const all = await history(third, { hist_access_type: "tail", n: 1000, output: true });
  await third.close();
  for (const who of ["kernel 0", "kernel 1"]) {
    const own = all.filter(([, , input]) => String((input as string[])[0]).includes(who));
    expect(own.map(([, , input]) => input)).toEqual(typed(who).map((code) => [code, null]));
    expect(own.map(([, line]) => line)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(new Set(own.map(([session]) => session)).size).toBe(1);
  }
  expect(new Set(all.map(([session]) => session)).size).toBe(2);
});

it("leaves out silent cells, cells not to be stored, and requests that were aborted", async () => {
  const [kernel] = kernels;
  await kernel.execute("'stored'");
  await kernel.execute("'silent'", { silent: true });
  await kernel.execute("'unstored'", { store_history: false });
  // Fails only once the cell behind it has surely arrived: a cell that comes later is not aborted.
  const gate = kernel.gate();
  const failing = `await ${gate.code}; throw new Error('stored too')`;
  const ids = [await kernel.start(failing), await kernel.start("'aborted'")];
  await kernel.heard();
  gate.open();
  await Promise.all(ids.map((id) => kernel.finished(id)));
  const tail = await history(kernel, { hist_access_type: "tail", n: 2, output: true });
  expect(tail.map(([, , input]) => input)).toEqual([
    ["'stored'", "'stored'"],
    [failing, null],
  ]);
  expect(kernel.below(ids[1] as string).map(({ type }) => type)).toEqual(["status", "status"]);
});

it("answers a request that is none with an error", async () => {
  const reply = await kernels[0].request("history_request", { hist_access_type: "all" });
  expect(reply.content).toMatchObject({ status: "error", ename: "TypeError" });
});

it("is there for %history, that of the other kernel too", async () => {
  const [other, kernel] = kernels;
  await other.execute("'looked for there'");
  await kernel.execute("'looked for here'");
  expect(streamText(await kernel.execute('%history --grep "\'looked"'))).toMatch(
    /^\s*\d+\/\d+ │ 'looked for there'\n\s*\d+ │ 'looked for here'\n$/,
  );
});
