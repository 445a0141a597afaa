/** Values as they are shown, and displays that change. */
import { describe, expect, it } from "vitest";
import { resultText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

describe("a value", () => {
  it("shows values as they wish to be shown", async () => {
    const own = await scene.kernel.execute(
      "({ toMimeBundle: async () => ({ 'text/html': '<i>own</i>', 'text/plain': 'own' }) })",
    );
    expect(own.messages.find(({ type }) => type === "execute_result")?.content.data).toEqual({
      "text/html": "<i>own</i>",
      "text/plain": "own",
    });
    const symbol = await scene.kernel.execute(
      "({ [Symbol.for('Jupyter.display')]: () => ({ 'text/markdown': '*m*' }) })",
    );
    expect(symbol.messages.find(({ type }) => type === "execute_result")?.content.data).toEqual({
      "text/markdown": "*m*",
      "text/plain": "{ [Symbol(Jupyter.display)]: [Function: [Jupyter.display]] }",
    });
  });

  it.each([
    ["undefined", undefined],
    ["null", "null"],
    ["'text'", "'text'"],
    ["const o: Record<string, unknown> = {}; o.self = o; o", "<ref *1> { self: [Circular *1] }"],
    ["({ get trap(): number { throw new Error('trap'); } })", "{ trap: [Getter] }"],
    ["new Map([[1, 'a']])", "Map(1) { 1 => 'a' }"],
  ])("shows the value of %s", async (code, text) => {
    expect(resultText(await scene.kernel.execute(code))).toBe(text);
  });

  it("shows a Proxy that throws at every touch", async () => {
    // Newer Nodes say that it is one.
    const shown = resultText(
      await scene.kernel.execute("new Proxy({}, { get() { throw new Error('hostile'); } })"),
    );
    expect(["{}", "Proxy({})"]).toContain(shown);
  });

  it("shortens a huge value", async () => {
    const text = String(resultText(await scene.kernel.execute("'x'.repeat(50_000_000)")));
    expect(text.length).toBeLessThan(20_000);
  });
});

describe("tslab's API", () => {
  it("displays in every form, and updates its own displays", async () => {
    const run = await scene.kernel.execute(
      "import * as tslab from 'tslab';\n" +
        "tslab.display.html('<b>x</b>'); tslab.display.png(new Uint8Array([1, 2, 3]));\n" +
        "const d = tslab.newDisplay(); d.text('one'); d.text('two');\n" +
        "tslab.versions.tslab",
    );
    const shown = run.messages
      .filter(({ type }) => /display_data$/.test(type))
      .map(({ type, content }) => [type, content.data]);
    expect(shown).toEqual([
      ["display_data", { "text/html": "<b>x</b>" }],
      ["display_data", { "image/png": "AQID" }],
      ["display_data", { "text/plain": "one" }],
      ["update_display_data", { "text/plain": "two" }],
    ]);
    const ids = run.messages
      .filter(({ type }) => /display_data$/.test(type))
      .slice(2)
      .map(({ content }) => (content.transient as { display_id?: string }).display_id);
    expect(ids[0]).toEqual(expect.any(String));
    expect(ids[1]).toBe(ids[0]);
    expect(resultText(run)).toBe("'1.0.22'");
  });

  it("coalesces 10,000 updates of one display, and delivers the last", async () => {
    const run = await scene.kernel.execute(
      "import { newDisplay } from 'tslab'; const many = newDisplay(); for (let i = 0; i <= 10_000; i++) many.text(String(i));",
    );
    const updates = run.messages.filter(({ type }) => type === "update_display_data");
    expect(updates.length).toBeLessThan(20);
    expect(updates.at(-1)?.content.data).toEqual({ "text/plain": "10000" });
  });

  it("coalesces updates that come late, below their cell, and delivers the last", async () => {
    const id = await scene.kernel.start(
      "import { newDisplay } from 'tslab'; const slow = newDisplay(); let step = 0;\n" +
        "const began = performance.now();\n" +
        "const ticking = setInterval(() => { for (let i = 0; i < 10; i++) slow.text(String(++step)); if (step === 2000) { clearInterval(ticking); console.log(performance.now() - began) } }, 5);",
    );
    await scene.kernel.finished(id);
    const updates = () => scene.kernel.below(id).filter(({ type }) => type === "update_display_data");
    const shown = () =>
      updates().map(({ content }) => Number((content.data as Record<string, string>)["text/plain"]));
    await scene.kernel.until(() => shown().at(-1) === 2000, "the last update");
    const printed = await scene.kernel.until(
      () => scene.kernel.below(id).find(({ content }) => content.name === "stdout"),
      "how long it took",
    );
    expect(shown().length).toBeGreaterThan(2);
    // One each 100 ms by the session's clock, as messages may come late and together, and the last.
    expect(shown().length).toBeLessThan(Number(printed.content.text) / 100 + 5);
    expect(shown()).toEqual([...shown()].sort((a, b) => a - b));
  });
});
