/** `%board --serve` in a kernel: a page on loopback, with a token, that follows the runs and ends with the kernel. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

async function shown(code: string): Promise<Record<string, string>> {
  const { reply, messages } = await kernel.execute(code);
  expect(reply).toMatchObject({ status: "ok" });
  const found = messages.find(({ type }) => /^(display_data|execute_result)$/.test(type));
  if (!found) throw new Error(`nothing was displayed; the kernel said: ${kernel.stderr}`);
  return found.content.data as Record<string, string>;
}

interface Told {
  readonly runs: readonly { readonly label: string; readonly points: number }[];
}

async function catalogue(url: URL): Promise<Told> {
  const asked = new URL(`/ask/catalogue${url.search}`, url);
  const response = await fetch(asked, { method: "POST", body: "{}" });
  expect(response.status).toBe(200);
  return (await response.json()) as Told;
}

describe("%board --serve in a live kernel", () => {
  it("embeds a page with its token, which follows the runs, and ends with the kernel", async () => {
    const log = (from: number, to: number) =>
      `for (let step = ${from}; step < ${to}; step++) run.log({ "train/loss": 1 / (step + 1) }, step);`;
    const made = await kernel.execute(
      `import { track } from "tunelab";\nconst run = track({ name: "served" });\n${log(0, 20)}`,
    );
    expect(made.reply).toMatchObject({ status: "ok" });
    const bundle = await shown("%board --serve");
    const address = /http:\/\/\S+/.exec(bundle["text/plain"] ?? "")?.[0] ?? "";
    const url = new URL(address);
    expect(url.hostname).toBe("127.0.0.1");
    expect(bundle["text/html"]).toContain(`<iframe src="${address}"`);
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="board">');
    expect((await fetch(url.origin)).status).toBe(403);
    const points = async () => (await catalogue(url)).runs.find(({ label }) => label === "served")?.points;
    await expect.poll(points).toBe(20);
    // As an open page does: nothing is read anew while nobody watches.
    const watching = new AbortController();
    const events = await fetch(new URL(`/events${url.search}`, url), { signal: watching.signal });
    expect(events.headers.get("content-type")).toContain("text/event-stream");

    expect((await kernel.execute(log(20, 25))).reply).toMatchObject({ status: "ok" });
    await expect.poll(points).toBe(25);
    watching.abort();

    const inline = await shown('%board served --tags "trian/loss"');
    expect(inline["text/plain"]).toContain(
      'No points that fit trian/loss: served. The nearest tags are "train/loss".',
    );

    await kernel.close();
    await expect(fetch(url)).rejects.toThrow();
  });
});
