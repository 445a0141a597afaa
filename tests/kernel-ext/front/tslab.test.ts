import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeEach(async () => {
  kernel = await KernelClient.start();
});
afterEach(() => kernel.close());

async function fine(code: string): Promise<Execution> {
  const run = await kernel.execute(code);
  expect(run.reply, JSON.stringify(run.reply)).toMatchObject({ status: "ok" });
  return run;
}

const shown = ({ messages }: Execution) =>
  messages.filter(({ type }) => /display_data$/.test(type)).map(({ type, content }) => [type, content.data]);

describe("tslab's public API", () => {
  it("shows each of its forms", async () => {
    await fine("import * as tslab from 'tslab'; import { display } from 'tslab'; tslab.display === display");
    for (const [call, data] of [
      ["display.html('<b>h</b>')", { "text/html": "<b>h</b>" }],
      ["display.markdown('# m')", { "text/markdown": "# m" }],
      ["display.latex('$l$')", { "text/latex": "$l$" }],
      ["display.svg('<svg/>')", { "image/svg+xml": "<svg/>" }],
      ["display.javascript('1')", { "text/javascript": "1" }],
      ["display.text('t')", { "text/plain": "t" }],
      ["display.png(new Uint8Array([1, 2]))", { "image/png": "AQI=" }],
      ["display.jpeg(Buffer.from([3]))", { "image/jpeg": "Aw==" }],
      ["display.gif(new Uint8Array([4]))", { "image/gif": "BA==" }],
      ["display.pdf(new Uint8Array([5]))", { "application/pdf": "BQ==" }],
      ["display.raw('application/json', '{}')", { "application/json": "{}" }],
    ] as const)
      expect(shown(await fine(`tslab.${call}`)), call).toEqual([["display_data", data]]);
  });

  it("overwrites what a new display showed, and knows its versions", async () => {
    await fine("import * as tslab from 'tslab'; const progress = tslab.newDisplay();");
    const run = await fine(
      "progress.text('1'); await new Promise((go) => setTimeout(go, 150)); progress.html('2'); tslab.versions",
    );
    expect(shown(run)).toEqual([
      ["display_data", { "text/plain": "1" }],
      ["update_display_data", { "text/html": "2" }],
    ]);
    expect(resultText(run)).toMatch(/^\{ tslab: '\d+\.\d+\.\d+', typescript: '\d.*', node: 'v\d.*' \}$/);
  });

  it("is typed", async () => {
    const { reply } = await kernel.execute("import { display } from 'tslab'; display.html(5)");
    expect(reply.evalue).toMatch(/TS2345/);
  });
});

describe("notebooks written for tslab", () => {
  const loose = "const found = { x: null };\nfound?.x?.z";

  it("are checked as tslab does, and told so once", async () => {
    expect((await kernel.execute(loose)).reply.evalue).toMatch(/TS2339/);
    const first = await fine("import * as tslab from 'tslab';");
    expect(streamText(first, "stderr")).toMatch(/checked as tslab does/);
    expect(streamText(await fine(loose), "stderr")).toBe("");
    await fine("const nothing: string = null;");
    expect((await kernel.execute("const wrong: number = 'text';")).reply.evalue).toMatch(/TS2322/);
  });

  it("in JavaScript run unchecked", async () => {
    const run = await fine("const tslab = require('tslab');\nconsole.log(typeof tslab.display.html);");
    expect(streamText(run)).toBe("function\n");
    expect(streamText(run, "stderr")).toMatch(/types are not checked/);
    const cells = [
      "class Greeter {\n  constructor(name) { this.name = name; }\n  greet() { return 'hello ' + this.name; }\n}\nnew Greeter('js').greet()",
      "let mixed = 1; mixed += ' text'; mixed",
      "/** @type {any} */\nlet typed = 1; typed += ' text'; typed",
    ];
    const results = [];
    for (const cell of cells) results.push(resultText(await fine(cell)));
    expect(results).toEqual(["'hello js'", "'1 text'", "'1 text'"]);
  });
});
