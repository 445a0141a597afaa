/** The board that `fit` shows in a kernel while it trains: renewed in its place, at last with its pictures. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient } from "../kernelClient.js";
import { boards, expectOnePlace, expectPicturesAtLast, spec } from "./shownBoards.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  const made = await kernel.execute(
    [
      'import { data, fit, models, sgd } from "tunelab";',
      "const x = Array.from({ length: 256 }, (_, i) => [Math.sin(i), Math.cos(i)]);",
      "const points = data.arrays({ x, y: x.map(([a]) => (a! > 0 ? 1 : 0)), classes: 2 });",
      'const model = () => models.mlp({ inputShape: [2], hidden: [8], classes: 2, activation: "relu" });',
      "// So long that a board is drawn many times, however slow the machine.",
      "const slowly = { step: () => new Promise<void>((done) => setTimeout(done, 20)) };",
    ].join("\n"),
  );
  expect(made.reply).toMatchObject({ status: "ok" });
});
afterAll(() => kernel.close());

describe("fit with a board", () => {
  it("renews it in its place with the specification alone, and ends with the pictures", async () => {
    const { reply, messages, milliseconds } = await kernel.execute(
      'await fit(model(), points, { epochs: 80, batchSize: 64, optimizer: sgd(), callbacks: [slowly], board: true, track: { name: "seen" } });',
    );
    expect(reply, String(reply.evalue)).toMatchObject({ status: "ok" });
    const shown = boards(messages);
    // Its place, at least one while it trains, the last with pictures.
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expectOnePlace(shown);
    // One a second, and at the beginning its place, three within a second, and at the end one.
    expect(shown.length).toBeLessThanOrEqual(milliseconds / 1000 + 5);
    for (const { data } of shown.slice(0, -1)) expect(JSON.stringify(data)).not.toMatch(/"tooltip"|"params"/);
    expectPicturesAtLast(shown);
    expect(shown.at(-1)?.data["text/plain"]).toContain("seen");
    expect(shown.at(-1)?.data["text/plain"]).not.toBe(shown[1]?.data["text/plain"]);
  });

  it("of an interrupted training shows what was recorded", async () => {
    const running = kernel.execute(
      'await fit(model(), points, { epochs: 4000, batchSize: 64, optimizer: sgd(), callbacks: [slowly], board: "loss", track: { name: "halted-midway" } });',
    );
    await expect
      .poll(
        () =>
          boards(kernel.published).some(
            ({ data }) =>
              String(data["text/plain"]).includes("halted-midway") &&
              !/No points/.test(String(data["text/plain"])),
          ),
        {
          timeout: 60_000,
        },
      )
      .toBe(true);
    await kernel.request("interrupt_request", {}, "control");
    const { reply, messages } = await running;
    expect(reply).toMatchObject({ status: "error" });
    const shown = boards(messages);
    expectOnePlace(shown);
    // The cell does not wait for the pictures; they follow in its place.
    expect(Object.keys(shown.at(-1)?.data ?? {})).not.toContain("image/png");
    const place = shown.at(-1)?.id;
    await expect
      .poll(
        () =>
          boards(kernel.published)
            .filter(({ id }) => id === place)
            .at(-1)?.data,
        { timeout: 60_000 },
      )
      .toHaveProperty(["image/png"]);
    expect(JSON.stringify(shown.at(-1)?.data[spec])).toContain("halted-midway");
    expect(JSON.stringify(shown.at(-1)?.data[spec])).not.toContain("gradientNorm");
  });

  it("refuses a board of a training that is not recorded", async () => {
    const { reply } = await kernel.execute(
      "await fit(model(), points, { epochs: 1, track: false, board: true });",
    );
    expect(reply).toMatchObject({ status: "error", ename: "TypeError" });
    expect(String(reply.evalue)).toContain("track: false beside board");
  });
});
