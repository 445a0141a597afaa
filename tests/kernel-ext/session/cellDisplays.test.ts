import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

/** What a client gets of a cell, in order: the text of streams, the data of displays. */
async function shownBy(code: string): Promise<unknown[]> {
  const { messages, reply } = await kernel.execute(code);
  expect(reply.evalue).toBeUndefined();
  return messages
    .filter(({ type }) => type === "stream" || type === "display_data" || type === "execute_result")
    .map(({ content }) => content.text ?? content.data);
}

describe("display", () => {
  it("shows values in the midst of a cell, in the order of what is printed, as last expressions are", async () => {
    const code = `
      console.log("a");
      display([1, 2], "text");
      for (const n of [1, 2]) display({ toMimeBundle: () => ({ "text/html": "<b>" + n + "</b>", "text/plain": "n" }) });
      console.log("b");
      3`;
    expect(await shownBy(code)).toEqual([
      "a\n",
      { "text/plain": "[ 1, 2 ]" },
      { "text/plain": "'text'" },
      { "text/html": "<b>1</b>", "text/plain": "n" },
      { "text/html": "<b>2</b>", "text/plain": "n" },
      "b\n",
      { "text/plain": "3" },
    ]);
  });

  it("gives nothing to show as the last expression", async () => {
    expect(await shownBy("display(1)")).toEqual([{ "text/plain": "1" }]);
  });

  it("has the cell wait for a value that says by a promise what it looks like", async () => {
    const slow = `({ async toMimeBundle() { await new Promise((done) => setTimeout(done, 100)); return { "text/plain": "slow" } } })`;
    expect(await shownBy(`display(${slow}); "last"`)).toEqual([
      { "text/plain": "slow" },
      { "text/plain": "'last'" },
    ]);
  });

  it("fails the cell with what a value's own method throws, at once or later", async () => {
    for (const method of [
      "toMimeBundle() { throw new RangeError('own') }",
      "async toMimeBundle() { throw new RangeError('own') }",
    ]) {
      const { reply } = await kernel.execute(`display({ ${method} })`);
      expect(reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "own" });
    }
    expect(resultText(await kernel.execute("1"))).toBe("1");
  });

  it("lets an interrupt end the wait", async () => {
    const id = await kernel.start(
      "console.log('begun'); display({ toMimeBundle: () => new Promise(() => {}) })",
    );
    await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the print");
    await kernel.request("interrupt_request", {}, "control");
    expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
  });

  it("waits for values of its own cell alone, and tells what others fail with once, below theirs", async () => {
    const first = await kernel.start(
      "setTimeout(() => display({ toMimeBundle: async () => { throw new Error('of the first') } }, { toMimeBundle: () => new Promise(() => {}) }), 200); undefined",
    );
    await kernel.finished(first);
    const second = await kernel.execute(
      "await new Promise((done) => setTimeout(done, 500)); 'the second goes on'",
    );
    expect(second.reply.evalue).toBeUndefined();
    expect(streamText(second, "stderr")).toBe("");
    expect(resultText(second)).toBe("'the second goes on'");
    const late = streamText(await kernel.finished(first), "stderr");
    expect(late.match(/What was shown failed: Error: of the first/g)).toHaveLength(1);
    expect(late).not.toContain("more error");
    // `display` gives nothing that one could await.
    expect(late).not.toContain("write await");
  });

  it("fails the cell at once with one of several values, whatever the others wait for", async () => {
    const endless = "{ toMimeBundle: () => new Promise(() => {}) }";
    const failing = "{ toMimeBundle: async () => { throw new RangeError('own') } }";
    const { reply } = await kernel.execute(`display(${endless}, ${failing})`);
    expect(reply).toMatchObject({ status: "error", evalue: "own" });
  });

  it("tells what a value fails with when its cell has failed already", async () => {
    const slow = `{ async toMimeBundle() { await new Promise((done) => setTimeout(done, 60)); throw new Error("slow one") } }`;
    const id = await kernel.start(`display(${slow}); throw new Error("at once")`);
    expect((await kernel.finished(id)).reply.evalue).toBe("at once");
    const told = () =>
      kernel
        .below(id)
        .filter(({ type }) => type === "stream")
        .map(({ content }) => content.text);
    await kernel.until(() => told().length > 0, "what the display failed with");
    expect(told().join("")).toMatch(/^What was shown failed: Error: slow one\n/);
  });

  it("shows metadata that a value gives by a promise", async () => {
    const value = `{ async toMimeBundle() { return [{ "text/plain": "a" }, { "text/plain": { width: 3 } }] } }`;
    const { messages } = await kernel.execute(`display(${value})`);
    const shown = messages.find(({ type }) => type === "display_data");
    expect(shown?.content).toMatchObject({
      data: { "text/plain": "a" },
      metadata: { "text/plain": { width: 3 } },
    });
  });

  it("tells as the cell's error alone what fails while the cell runs, and of further ones besides", async () => {
    const failing = (name: string) => `{ toMimeBundle: async () => { throw new Error("${name}") } }`;
    const ended = await kernel.execute(
      `display(${failing("one")}, ${failing("two")}); await new Promise((done) => setTimeout(done, 100)); "not shown"`,
    );
    expect(ended.reply).toMatchObject({ status: "error", evalue: "one" });
    expect(streamText(ended, "stderr").match(/Error: \w+/g)).toEqual(["Error: two"]);
    expect(ended.messages.filter(({ type }) => type === "error")).toHaveLength(1);
    await kernel.execute("await new Promise((done) => setTimeout(done, 50))");
    expect(kernel.stderr).not.toContain("PromiseRejectionHandledWarning");
  });

  it("waits for what is shown while it waits, before the cell ends", async () => {
    const slow = (text: string, then = "") =>
      `({ async toMimeBundle() { await new Promise((done) => setTimeout(done, 60)); ${then}; return { "text/plain": "${text}" } } })`;
    const inner = `display(${slow("inner")})`;
    expect(await shownBy(`display(${slow("outer", inner)}); undefined`)).toEqual([
      { "text/plain": "outer" },
      { "text/plain": "inner" },
    ]);
    // Of the last expression's own method, too.
    expect(await shownBy(`(${slow("last", inner)})`)).toEqual([
      { "text/plain": "last" },
      { "text/plain": "inner" },
    ]);
  });

  it("goes into the capture that was open at the call", async () => {
    const slow = `{ async toMimeBundle() { await new Promise((done) => setTimeout(done, 60)); return { "text/plain": "slow" } } }`;
    expect(await shownBy(`%%capture kept\ndisplay(${slow}); 1`)).toEqual([]);
    expect(resultText(await kernel.execute("kept.displays.map((one) => one['text/plain']).join()"))).toBe(
      "'slow,1'",
    );
    const failing = `%%capture failed\ndisplay({ toMimeBundle: async () => { throw new Error("own") } })`;
    expect((await kernel.execute(failing)).reply.evalue).toBe("own");
    expect(resultText(await kernel.execute("(failed.error as Error).message"))).toBe("'own'");
    // The capture is over when this one comes.
    const id = await kernel.start(`%%capture broken\ndisplay(${slow}); throw new Error("at once")`);
    expect((await kernel.finished(id)).reply.evalue).toBe("at once");
    const after = "await new Promise((done) => setTimeout(done, 150)); broken.displays[0]?.['text/plain']";
    expect(resultText(await kernel.execute(after))).toBe("'slow'");
    expect(kernel.below(id).filter(({ type }) => type === "display_data")).toEqual([]);
  });

  it("of a timer's callback stands below its own cell", async () => {
    const id = await kernel.start("setTimeout(() => display('late'), 50); undefined");
    await kernel.finished(id);
    const late = () => kernel.below(id).some(({ type }) => type === "display_data");
    await kernel.until(late, "the late display");
  });

  it("is checked and described, and a cell may have the name for itself", async () => {
    const { content } = await kernel.request("inspect_request", {
      code: "display",
      cursor_pos: 3,
      detail_level: 0,
    });
    expect(JSON.stringify(content.data)).toContain("below the cell");
    const own = await kernel.execute("const display = (n: number) => n + 1; console.log(display(1))");
    expect(streamText(own)).toBe("2\n");
  });
});
