/** What an execute_request does, and what it answers. */
import { describe, expect, it } from "vitest";
import { type Received, resultText, streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

const types = (messages: readonly Received[]) => messages.map(({ type }) => type);

describe("an execution", () => {
  it("wraps an execution in busy and idle, and repeats its input", async () => {
    const { reply, messages } = await scene.kernel.execute("const first: number = 20; first + 1");
    expect(reply).toMatchObject({ status: "ok", user_expressions: {}, payload: [] });
    expect(types(messages)).toEqual(["status", "execute_input", "execute_result", "status"]);
    expect(messages[1]?.content).toEqual({
      code: "const first: number = 20; first + 1",
      execution_count: reply.execution_count,
    });
    expect(messages[2]?.content).toEqual({
      execution_count: reply.execution_count,
      data: { "text/plain": "21" },
      metadata: {},
    });
  });

  it("asks the client to leave at exit and quit, unless they are names of the notebook", async () => {
    for (const code of ["exit", "quit()", " exit; "]) {
      const execution = await scene.kernel.execute(code);
      expect(execution.reply).toMatchObject({
        status: "ok",
        payload: [{ source: "ask_exit", keepkernel: false }],
      });
      expect(streamText(execution, "stderr")).toMatch(/^exit leaves a console; .*menu/);
    }
    const { reply } = await scene.kernel.execute("exit + 1");
    expect(reply).toMatchObject({ status: "error", payload: [] });
    await scene.kernel.execute("const quit = 5");
    expect(resultText(await scene.kernel.execute("quit"))).toBe("5");
  });

  it("keeps names from cell to cell, with new types when declared anew", async () => {
    await scene.kernel.execute("let kept = 1");
    await scene.kernel.execute("const kept = 'text'");
    expect(resultText(await scene.kernel.execute("kept.toUpperCase()"))).toBe("'TEXT'");
  });

  it("runs a silent cell without output or count", async () => {
    const before = await scene.kernel.execute("0");
    const { reply, messages } = await scene.kernel.execute(
      "console.log('unseen'); globalThis.silently = 5; 7",
      {
        silent: true,
      },
    );
    expect(reply).toMatchObject({ status: "ok", execution_count: before.reply.execution_count });
    expect(types(messages)).toEqual(["status", "status"]);
  });

  it("does not count a cell without store_history", async () => {
    const { reply } = await scene.kernel.execute("1");
    const unstored = await scene.kernel.execute("2", { store_history: false });
    expect(resultText(unstored)).toBe("2");
    expect(unstored.reply.execution_count).toBe(reply.execution_count);
    expect((await scene.kernel.execute("3")).reply.execution_count).toBe(Number(reply.execution_count) + 1);
  });

  it("aborts what waits behind a failed cell, unless told not to", async () => {
    // Fails only once the cell behind it has surely arrived: one that comes later is not aborted.
    const gate = scene.kernel.gate();
    const ids = [
      await scene.kernel.start(`await ${gate.code}; throw new Error('stop')`),
      await scene.kernel.start("console.log('not run')"),
    ];
    await scene.kernel.heard();
    gate.open();
    const [, aborted] = await Promise.all(ids.map((id) => scene.kernel.finished(id)));
    expect(aborted?.reply).toMatchObject({ status: "error", ename: "Aborted", execution_count: 0 });
    expect(aborted && streamText(aborted)).toBe("");
    const more = [
      await scene.kernel.start("throw new Error('go on')", { stop_on_error: false }),
      await scene.kernel.start("console.log('run')"),
    ];
    const [, after] = await Promise.all(more.map((id) => scene.kernel.finished(id)));
    expect(after && streamText(after)).toBe("run\n");
  });

  it("evaluates user expressions together only as large as a reply may be, and waits for what they show", async () => {
    const slow = `{ async toMimeBundle() { await new Promise((done) => setTimeout(done, 60)); return { "text/plain": "slow" } } }`;
    const { reply, messages } = await scene.kernel.execute("1", {
      user_expressions: {
        first: "({ toMimeBundle: () => ({ 'text/plain': 'x'.repeat(60e6) }) })",
        second: "({ toMimeBundle: () => ({ 'text/plain': 'y'.repeat(60e6) }) })",
        noted: "({ toMimeBundle: () => [{ 'text/plain': 'z' }, { note: 'x'.repeat(101e6) }] })",
        shown: `display(${slow}); 2`,
      },
    });
    expect(reply).toMatchObject({
      status: "ok",
      user_expressions: {
        first: { status: "ok" },
        second: { status: "error", ename: "RangeError" },
        noted: { status: "error", ename: "RangeError" },
        shown: { status: "ok", data: { "text/plain": "2" } },
      },
    });
    expect(messages.filter(({ type }) => type === "display_data").map(({ content }) => content.data)).toEqual(
      [{ "text/plain": "slow" }],
    );
  });

  it("evaluates user expressions after the cell", async () => {
    await scene.kernel.execute("let measured = 4");
    const { reply } = await scene.kernel.execute("measured++", {
      user_expressions: { good: "measured * 2", bad: "measured.no.way" },
    });
    expect(reply.user_expressions).toMatchObject({
      good: { status: "ok", data: { "text/plain": "10" }, metadata: {} },
      bad: { status: "error", ename: "TypeError" },
    });
  });

  it("gives a user expression that cannot be shown an error of its own, the cell's answer none", async () => {
    const { reply, messages } = await scene.kernel.execute("1", {
      user_expressions: {
        data: "({ toMimeBundle: () => ({ 'text/plain': 10n }) })",
        metadata: "({ toMimeBundle: () => [{ 'text/plain': 'ten' }, { 'text/plain': 10n }] })",
        good: "3",
      },
    });
    expect(messages.map(({ type }) => type)).not.toContain("error");
    expect(reply).toMatchObject({
      status: "ok",
      user_expressions: {
        data: { status: "error", ename: "TypeError", evalue: expect.stringContaining("text/plain") },
        metadata: { status: "error", ename: "TypeError", evalue: expect.stringContaining("BigInt") },
        good: { status: "ok", data: { "text/plain": "3" } },
      },
    });
  });

  it("refuses an execute_request without code", async () => {
    const refused = await scene.kernel.request("execute_request", { code: 5 });
    expect(refused.content).toMatchObject({ status: "error", ename: "TypeError" });
  });
});
