/** The board that `track` shows in a kernel while a run is logged by hand: renewed in its place, at last with pictures. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { KernelClient, type Received } from "../kernelClient.js";
import { boards, expectOnePlace, expectPicturesAtLast, spec } from "./shownBoards.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  const made = await kernel.execute(
    [
      'import { track } from "tunelab";',
      "const moment = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));",
      "const busy = (ms: number) => { for (const end = performance.now() + ms; performance.now() < end; ); };",
    ].join("\n"),
  );
  expect(made.reply).toMatchObject({ status: "ok" });
});
afterAll(() => kernel.close());

/** Of all cells: a board keeps its place in the one that opened the run. */
async function during(work: () => Promise<unknown>): Promise<Received[]> {
  const before = kernel.published.length;
  await work();
  return kernel.published.slice(before);
}

const sizes = (shown: ReturnType<typeof boards>) =>
  shown.flatMap(({ data }) => (spec in data ? [JSON.stringify(data[spec]).length] : []));

describe("track with a board", () => {
  it("renews it in its place while a loop awaits, and ends with the pictures before its cell does", async () => {
    const { reply, messages, milliseconds } = await kernel.execute(
      [
        'const run = track({ name: "by-hand", board: true });',
        'for (let i = 0; i < 150; i++) { run.log({ "train/loss": Math.cos(i / 9) + i / 77 }, i); await moment(20); }',
        "run.finish();",
      ].join("\n"),
    );
    expect(reply, String(reply.evalue)).toMatchObject({ status: "ok" });
    const shown = boards(messages);
    expectOnePlace(shown);
    expectPicturesAtLast(shown);
    expect(shown.length).toBeGreaterThanOrEqual(4);
    expect(shown.length).toBeLessThanOrEqual(milliseconds / 250 + 4);
    expect(sizes(shown).at(-1)).toBeGreaterThan(sizes(shown)[0] as number);
    expect(shown.at(-1)?.data["text/plain"]).toMatch(/train\/loss {2}by-hand/);
  });

  it("renews it also while a loop gives the event loop no turn", async () => {
    const folder = mkdtempSync(join(tmpdir(), "run-board-"));
    const seen = join(folder, "seen");
    const before = kernel.published.length;
    // The loop goes on until two boards have come here, which it learns from a file, or for two minutes.
    const running = kernel.execute(
      [
        'import { existsSync } from "node:fs";',
        `const [seen, deadline] = [${JSON.stringify(seen)}, performance.now() + 120_000];`,
        'const still = track({ name: "without-a-turn", board: "loss" });',
        'for (let i = 0; !existsSync(seen) && performance.now() < deadline; i++) { still.log({ "train/loss": Math.cos(i / 9), rate: i }, i); busy(10); }',
        'console.log("the loop has ended");',
        "still.finish();",
      ].join("\n"),
    );
    const come = () => boards(kernel.published.slice(before)).filter(({ data }) => spec in data).length;
    await vi.waitUntil(() => come() >= 2, { timeout: 120_000, interval: 100 }).catch(() => undefined);
    writeFileSync(seen, "");
    const { reply, messages } = await running;
    rmSync(folder, { recursive: true });
    expect(reply, String(reply.evalue)).toMatchObject({ status: "ok" });
    const end = messages.findIndex(
      ({ type, content }) => type === "stream" && String(content.text).includes("the loop has ended"),
    );
    const meanwhile = boards(messages.slice(0, end)).filter(({ data }) => spec in data);
    expect(meanwhile.length).toBeGreaterThanOrEqual(2);
    expectOnePlace(boards(messages));
    expectPicturesAtLast(boards(messages));
    expect(JSON.stringify(boards(messages).at(-1)?.data[spec])).not.toContain('"rate"');
  });

  it("follows a run over several cells, and is left alone while nothing is logged", async () => {
    const shown = boards(
      await during(async () => {
        await kernel.execute(
          'const long = track({ name: "over-cells", board: true }); long.log({ loss: 3 }, 0);',
        );
        const seen = () =>
          boards(kernel.published).filter(({ data }) => JSON.stringify(data).includes("over-cells"));
        await expect
          .poll(() => JSON.stringify(seen().at(-1)?.data ?? ""), { timeout: 60_000 })
          .toContain("loss");
        const before = kernel.published.length;
        await pause(1500);
        expect(boards(kernel.published.slice(before))).toEqual([]);
        await kernel.execute("for (let i = 1; i < 9; i++) long.log({ loss: 3 - i / 7 }, i);");
        await kernel.execute('long.finish("failed");');
      }),
    );
    expectOnePlace(shown);
    expectPicturesAtLast(shown);
    expect(shown.at(-1)?.data["text/plain"]).toMatch(/loss {2}over-cells .* 9 {2}/);
  });

  it("of an interrupted loop shows what was recorded, when the run is ended", async () => {
    const running = kernel.execute(
      [
        'const cut = track({ name: "interrupted-by-hand", board: true });',
        "try { for (let i = 0; ; i++) { cut.log({ loss: 1 / (i + 1) }, i); await moment(20); } }",
        'finally { cut.finish("interrupted"); }',
      ].join("\n"),
    );
    await expect
      .poll(
        () =>
          boards(kernel.published).filter(({ data }) => JSON.stringify(data).includes("interrupted-by-hand"))
            .length,
        {
          timeout: 60_000,
        },
      )
      .toBeGreaterThan(1);
    await kernel.request("interrupt_request", {}, "control");
    const { reply } = await running;
    expect(reply).toMatchObject({ status: "error" });
    const { messages } = await kernel.execute('cut.finish("interrupted"); cut.record.status');
    expect(JSON.stringify(messages)).toContain("interrupted");
    const last = () => boards(kernel.published).at(-1)?.data ?? {};
    await expect.poll(() => Object.keys(last()), { timeout: 60_000 }).toContain("image/png");
    expect(JSON.stringify(last()[spec])).toContain("interrupted-by-hand");
  });
});
