/** Texts of runs as Markdown: on a page, in a file and in a notebook, where nothing in them runs or is loaded. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { board } from "../../src/board/board.js";
import { stopDrawing } from "../../src/board/render/drawing.js";
import { openRun } from "../../src/track/openRun.js";
import { skipWithoutChromium } from "./chromium.js";
import { type Desk, servedDesk } from "./servedBoard.js";

const plain = `# Why

The rate was **halved**, see [the paper](https://example.org/a?b=c).

| layer | share |
|---|--:|
| dense | 0.5 |

\`\`\`ts
const rate = schedule(step) < 1;
\`\`\`
`;
const attack = "window.attacked=1";
const evil = [
  `<script>${attack}</script><img src=x onerror="${attack}"><svg onload="${attack}"></svg>`,
  `<a href="javascript:${attack}">raw</a>`,
  `[script](javascript:${attack}) [entities](&#106;avascript&colon;${attack}) <javascript:${attack}>`,
  `[data](data:text/html,<script>${attack}</script>) [base](data:text/html;base64,PHNjcmlwdD4=)`,
  `![seen](https://example.org/seen.png) ![" onerror="${attack}](x" onerror="${attack})`,
  "![inside](data:image/png;base64,AAAA)",
  `\`\`\`" onclick="${attack}\n</code></pre><img src=x onerror="${attack}">\n\`\`\``,
  `| <img src=x onerror="${attack}"> |\n|---|\n| </table><script>${attack}</script> |`,
].join("\n\n");

describe.skipIf(skipWithoutChromium())("texts of a run", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await servedDesk(
      (folder) => {
        const run = openRun({ name: "written", dir: folder, sources: [] });
        run.text("plain", "an earlier one", 1);
        run.text("plain", plain, 2);
        run.text("evil", evil, 2);
        run.finish();
      },
      { kind: "text" },
    );
  });
  afterAll(async () => {
    await desk.close();
    await stopDrawing();
  });

  /** The addresses that a page asked for, but those of its own document and server. */
  function foreign(page: Page, own: string): string[] {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(own)) asked.push(request.url());
    });
    return asked;
  }

  /** @param part the whole of a page in which the texts stand */
  async function expectMarkdown(page: Page, part: string): Promise<void> {
    const of = page.locator(part);
    await of.locator("h4", { hasText: "Why" }).waitFor();
    expect(await of.locator("strong").allTextContents()).toEqual(["halved"]);
    expect(
      await of.locator("td", { hasText: "0.5" }).evaluate((cell) => getComputedStyle(cell).textAlign),
    ).toBe("right");
    expect(await of.locator("pre code.language-ts").textContent()).toBe("const rate = schedule(step) < 1;\n");
    expect(await of.getByText("an earlier one").count()).toBe(1);
    const links = await of
      .locator("a")
      .evaluateAll((all) =>
        all.map((link) => [link.textContent, link.getAttribute("href"), link.getAttribute("rel")]),
      );
    expect(links.filter(([, address]) => address !== null)).toEqual([
      ["the paper", "https://example.org/a?b=c", "noopener noreferrer"],
    ]);
    expect(links.map(([text]) => text)).toEqual(
      expect.arrayContaining(["script", "entities", "data", "base", `javascript:${attack}`]),
    );
    expect(await of.locator("img, svg, script, iframe").count()).toBe(0);
    expect(await of.getByText("[picture: seen]").count()).toBe(1);
    for (const link of await of.locator("a:not([href])").all()) await link.click();
    const handlers = await of
      .locator("*")
      .evaluateAll((all) =>
        all.flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith("on"))),
      );
    expect(handlers).toEqual([]);
    expect(
      await page.evaluate(() => (globalThis as unknown as { attacked?: number }).attacked),
    ).toBeUndefined();
  }

  it.each([{ dark: false }, { dark: true }])(
    "are Markdown on a served page, dark: $dark",
    async ({ dark }) => {
      const page = await desk.open({ dark });
      const asked = foreign(page, new URL(desk.served.url).origin);
      await page.reload();
      await expectMarkdown(page, ".section");
      expect(asked).toEqual([]);
      expect(desk.errors).toEqual([]);
      await page.close();
    },
  );

  it("are Markdown in a file", async () => {
    const shown = await board(["written"], { runsDir: desk.folder, kind: "text" });
    const file = await shown.writeHtml(join(desk.folder, "page.html"));
    const page = await desk.open({ url: "about:blank" });
    const asked = foreign(page, `file://${file}`);
    await page.goto(`file://${file}`);
    await expectMarkdown(page, ".section");
    expect(asked).toEqual([]);
    expect(desk.errors).toEqual([]);
    await page.close();
  });

  it("are Markdown in a notebook that shows nothing else, and as written in plain text", async () => {
    const shown = await board(["written"], { runsDir: desk.folder, kind: "text" });
    const bundle = await shown.toMimeBundle();
    expect(bundle["text/plain"]).toContain("# Why");
    expect(bundle["text/plain"]).toContain("**halved**");
    const file = join(desk.folder, "notebook.html");
    writeFileSync(file, `<!doctype html><meta charset="utf-8"><main>${bundle["text/html"]}</main>`);
    const page = await desk.open({ url: "about:blank" });
    const asked = foreign(page, `file://${file}`);
    await page.goto(`file://${file}`);
    await expectMarkdown(page, "main");
    expect(asked).toEqual([]);
    await page.close();
  });

  it("are saved as they were written", async () => {
    const page = await desk.open();
    const card = page.getByRole("figure", { name: "plain", exact: true });
    await card.locator(".downloads summary").click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      card.getByRole("button", { name: "Markdown step 2" }).click(),
    ]);
    expect(file.suggestedFilename()).toBe("plain-step-2.md");
    const stream = await file.createReadStream();
    let text = "";
    for await (const part of stream) text += part;
    expect(text).toBe(plain);
    await page.close();
  });
});
