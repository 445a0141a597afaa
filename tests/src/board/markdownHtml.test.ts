import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { markdownHtml } from "../../../src/board/markdownHtml.js";

/** By TensorBoard: see tensorboard_texts.py in tests/oracles/board. */
const shown: { text: string; html: string }[] = JSON.parse(
  readFileSync(new URL("../../oracles/board/tensorboard_texts.json", import.meta.url), "utf8"),
);

/** Elements by name alone, headings by TensorBoard's rank, and what a text's sign is however it is written. */
function plain(html: string): string {
  return html
    .replace(/<(\/?)h([1-6])\b/g, (_, end, rank) => `<${end}h${Number(rank) > 3 ? Number(rank) - 3 : rank}`)
    .replace(
      /<(\w+)[^>]*?(?: href="([^"]*)")?[^>]*>/g,
      (_, name, href) => `<${name}${href ? ` ${href}` : ""}>`,
    )
    .replaceAll("&quot;", '"')
    .replace(/\s+(?=<)|(?<=>)\s+/g, "");
}

describe("Markdown as HTML", () => {
  it.each(shown)("is what TensorBoard shows: $text", ({ text, html }) => {
    expect(plain(markdownHtml(text))).toBe(plain(html));
  });

  it("has links of the web, of mail and within the page, which open apart", () => {
    const open = 'target="_blank" rel="noopener noreferrer"';
    expect(markdownHtml('[a](https://x.org/ "b") <c@x.org> [d](#e)')).toBe(
      `<p><a href="https://x.org/" title="b" ${open}>a</a> <a href="mailto:c@x.org" ${open}>c@x.org</a> <a href="#e" ${open}>d</a></p>\n`,
    );
  });

  it("swells no more than its links and tables may: what would stays as it was written", () => {
    const mentions = `[a]: /${"u".repeat(5000)}\n\n${"[a] ".repeat(3500)}`;
    expect(markdownHtml(mentions).length).toBeLessThan(300_000);
    expect(markdownHtml(mentions)).toContain(">a</a>");
    const wide = `${"|a".repeat(2000)}|\n${"|-".repeat(2000)}|\n${"|\n".repeat(100)}`;
    expect(markdownHtml(wide)).toMatch(/^<pre>\|a\|a/);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//elsewhere.org/x",
    "notes.md",
    "<\u0001javascript:alert(1)>",
    "<java\tscript:alert(1)>",
  ])("opens no other address: %s", (address) => {
    expect(markdownHtml(`[a](${address})`)).not.toMatch(/href|<script/);
    expect(markdownHtml(`[a][1]\n\n[1]: ${address}`)).not.toMatch(/href|<script/);
    expect(markdownHtml(`<${address}>`)).not.toMatch(/href|<script/);
  });

  it("tells of pictures in words, by whatever address", () => {
    expect(markdownHtml("![a *b* <i>](https://x.org/p.png) ![](data:image/png;base64,AAAA)")).toBe(
      "<p>[picture: a b &lt;i&gt;] [picture]</p>\n",
    );
  });

  it("strikes out, aligns columns, and shows control characters", () => {
    expect(markdownHtml("~~no~~")).toBe("<p><s>no</s></p>\n");
    expect(markdownHtml("| a |\n|--:|\n| 1 |")).toContain('<td style="text-align:right">1</td>');
    expect(markdownHtml("a\u001b[31m\r\n\tb")).toContain("a·[31m");
  });
});
