import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, type Received, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

const types = (messages: readonly Received[]) => messages.map(({ type }) => type);

describe("requests", () => {
  it("says who it is", async () => {
    const { content } = await kernel.request("kernel_info_request", {});
    expect(content).toMatchObject({
      status: "ok",
      protocol_version: "5.4",
      implementation: "tunelab",
      language_info: {
        name: "typescript",
        mimetype: "text/typescript",
        file_extension: ".ts",
        codemirror_mode: "typescript",
        pygments_lexer: "typescript",
      },
    });
  });

  it("wraps an execution in busy and idle, and repeats its input", async () => {
    const { reply, messages } = await kernel.execute("const first: number = 20; first + 1");
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
      const execution = await kernel.execute(code);
      expect(execution.reply).toMatchObject({
        status: "ok",
        payload: [{ source: "ask_exit", keepkernel: false }],
      });
      expect(streamText(execution, "stderr")).toMatch(/^exit leaves a console; .*menu/);
    }
    const { reply } = await kernel.execute("exit + 1");
    expect(reply).toMatchObject({ status: "error", payload: [] });
    await kernel.execute("const quit = 5");
    expect(resultText(await kernel.execute("quit"))).toBe("5");
  });

  it("keeps names from cell to cell, with new types when declared anew", async () => {
    await kernel.execute("let kept = 1");
    await kernel.execute("const kept = 'text'");
    expect(resultText(await kernel.execute("kept.toUpperCase()"))).toBe("'TEXT'");
  });

  it("tells an error with its name, its text, and the line at fault", async () => {
    const { reply, messages } = await kernel.execute(
      "function fail(): never {\n  throw new RangeError('too far');\n}\nfail()",
    );
    const [error] = messages.filter(({ type }) => type === "error");
    expect(types(messages)).toEqual(["status", "execute_input", "error", "status"]);
    expect(error?.content).toMatchObject({ ename: "RangeError", evalue: "too far" });
    const traceback = [error?.content.traceback].flat().join("\n");
    expect(traceback).toContain("line 2");
    expect(traceback).toContain("throw new RangeError('too far');");
    expect(traceback).toMatch(/at fail \(cell-\d+\.ts:2:9\)/);
    expect(traceback).toMatch(/cell-\d+\.ts:4:1/);
    expect(traceback).not.toMatch(/node:internal|kernel-ext/);
    expect(reply).toMatchObject({
      status: "error",
      ename: "RangeError",
      evalue: "too far",
      traceback: error?.content.traceback,
    });
  });

  it("shows the cell's line for an error that came from a module after awaits", async () => {
    const { reply } = await kernel.execute(
      "import { readFile } from 'node:fs/promises';\n\nconst text = await readFile('/no/such/file');",
    );
    const traceback = [reply.traceback].flat().join("\n");
    expect(traceback).toContain("line 3");
    expect(traceback).toMatch(/at async cell-\d+\.ts:3:14/);
  });

  it("refuses a cell whose types are wrong, before it runs", async () => {
    const { reply } = await kernel.execute("console.log('ran');\nconst wrong: number = 'text';");
    expect(reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(String(reply.evalue)).toContain("TS2322");
    const traceback = (reply.traceback as string[]).join("\n");
    expect(traceback).toContain("const wrong: number = 'text';");
    expect(traceback).toContain("\u001b[1merror TS2322\u001b[22m: Type 'string'");
    expect(streamText(await kernel.execute("0"))).toBe("");
  });

  it("names no number that nobody saw in the errors of a cell that is not counted", async () => {
    const uncounted = { store_history: false };
    const typed = await kernel.execute("const wrong: number = 'text';", uncounted);
    expect([typed.reply.traceback].flat().join("\n")).toMatch(/^a cell without number, line 1: .*TS2322/);
    const { reply } = await kernel.execute("1;\nJSON.parse('{')", uncounted);
    expect([reply.traceback].flat().join("\n")).toContain("a cell without number, line 2");
  });

  it("runs a silent cell without output or count", async () => {
    const before = await kernel.execute("0");
    const { reply, messages } = await kernel.execute("console.log('unseen'); globalThis.silently = 5; 7", {
      silent: true,
    });
    expect(reply).toMatchObject({ status: "ok", execution_count: before.reply.execution_count });
    expect(types(messages)).toEqual(["status", "status"]);
  });

  it("does not count a cell without store_history", async () => {
    const { reply } = await kernel.execute("1");
    const unstored = await kernel.execute("2", { store_history: false });
    expect(resultText(unstored)).toBe("2");
    expect(unstored.reply.execution_count).toBe(reply.execution_count);
    expect((await kernel.execute("3")).reply.execution_count).toBe(Number(reply.execution_count) + 1);
  });

  it("aborts what waits behind a failed cell, unless told not to", async () => {
    const ids = [await kernel.start("throw new Error('stop')"), await kernel.start("console.log('not run')")];
    const [, aborted] = await Promise.all(ids.map((id) => kernel.finished(id)));
    expect(aborted?.reply).toMatchObject({ status: "error", ename: "Aborted", execution_count: 0 });
    expect(aborted && streamText(aborted)).toBe("");
    const more = [
      await kernel.start("throw new Error('go on')", { stop_on_error: false }),
      await kernel.start("console.log('run')"),
    ];
    const [, after] = await Promise.all(more.map((id) => kernel.finished(id)));
    expect(after && streamText(after)).toBe("run\n");
  });

  it("evaluates user expressions after the cell", async () => {
    await kernel.execute("let measured = 4");
    const { reply } = await kernel.execute("measured++", {
      user_expressions: { good: "measured * 2", bad: "measured.no.way" },
    });
    expect(reply.user_expressions).toMatchObject({
      good: { status: "ok", data: { "text/plain": "10" }, metadata: {} },
      bad: { status: "error", ename: "TypeError" },
    });
  });

  it("gives a user expression that cannot be shown an error of its own, the cell's answer none", async () => {
    const { reply, messages } = await kernel.execute("1", {
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

  it.each([
    ["const a = [1,\n2]", "complete"],
    ["function f() {", "incomplete"],
    ["const = 5;", "invalid"],
  ])("is_complete of %j is %s", async (code, status) => {
    expect((await kernel.request("is_complete_request", { code })).content.status).toBe(status);
  });

  it("completes members of earlier cells, counting code points", async () => {
    await kernel.execute("const person = { firstName: 'Ada', 名前: 1 }");
    const code = "'🦊🦊'; person.firs";
    const { content } = await kernel.request("complete_request", { code, cursor_pos: [...code].length });
    expect(content).toMatchObject({ status: "ok", matches: expect.arrayContaining(["firstName"]) });
    expect(content.cursor_start).toBe([..."'🦊🦊'; person."].length);
    expect(content.cursor_end).toBe([...code].length);
  });

  it("inspects a name", async () => {
    await kernel.execute("/** How far. */ const distance = 12");
    const { content } = await kernel.request("inspect_request", {
      code: "distance",
      cursor_pos: 4,
      detail_level: 0,
    });
    expect(content).toMatchObject({ status: "ok", found: true });
    expect((content.data as Record<string, string>)["text/plain"]).toContain("distance");
    const nothing = await kernel.request("inspect_request", { code: "   ", cursor_pos: 1, detail_level: 0 });
    expect(nothing.content).toMatchObject({ status: "ok", found: false });
  });

  it("tells more where more detail is asked for", async () => {
    const fields = Array.from({ length: 35 }, (_, index) => `f${10 + index}: 1`);
    await kernel.execute(`interface Wide { ${fields.join("; ")} }`);
    const asked = { code: "let it: Wide", cursor_pos: 12 };
    const [some, more] = [
      await kernel.request("inspect_request", { ...asked, detail_level: 0 }),
      await kernel.request("inspect_request", { ...asked, detail_level: 1 }),
    ].map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
    expect(some).toMatch(/\n {2}f39: 1\n\n {2}and f40, f41, f42, f43, f44\n$/);
    expect(more).toMatch(/\n {2}f44: 1\n$/);
  });

  it("remembers this session's history", async () => {
    await kernel.execute("'needle ' + 1");
    const tail = await kernel.request("history_request", {
      hist_access_type: "tail",
      n: 1,
      output: true,
      raw: true,
    });
    expect(tail.content.history).toEqual([[1, expect.any(Number), ["'needle ' + 1", "'needle 1'"]]]);
    const search = { hist_access_type: "search", pattern: "*needle*", output: false, raw: true };
    const found = await kernel.request("history_request", search);
    expect((found.content.history as unknown[]).length).toBe(1);
  });

  it("has no comm targets: an opened comm is closed again", async () => {
    expect((await kernel.request("comm_info_request", {})).content).toEqual({ status: "ok", comms: {} });
    const id = await kernel.send("comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
    const closed = await kernel.until(
      () => kernel.below(id).find(({ type }) => type === "comm_close"),
      "comm_close",
    );
    expect(closed.content).toMatchObject({ comm_id: "c1" });
  });

  it("answers while a cell runs, and stays busy for the client", async () => {
    const id = await kernel.start("await new Promise((r) => setTimeout(r, 600)); 'slept'");
    const begun = performance.now();
    await kernel.request("is_complete_request", { code: "1" });
    await kernel.request("kernel_info_request", {});
    expect(performance.now() - begun).toBeLessThan(500);
    const lastStatus = () => kernel.published.findLast(({ type }) => type === "status");
    const last = await kernel.until(
      () => lastStatus()?.content.execution_state === "busy" && lastStatus(),
      "busy said again",
      300,
    );
    expect(last.parent.msg_id).toBe(id);
    expect(resultText(await kernel.finished(id))).toBe("'slept'");
  });

  it("refuses an execute_request without code", async () => {
    const refused = await kernel.request("execute_request", { code: 5 });
    expect(refused.content).toMatchObject({ status: "error", ename: "TypeError" });
  });

  it("asks the person for a line, and for a password", async () => {
    const id = await kernel.start(
      "const name: string = await input('Name? '); const secret = await password('Key? '); [name, secret]",
    );
    expect((await kernel.inputRequest()).content).toEqual({ prompt: "Name? ", password: false });
    await kernel.send("input_reply", { value: "Ada", status: "ok" }, "stdin");
    expect((await kernel.inputRequest()).content).toEqual({ prompt: "Key? ", password: true });
    await kernel.send("input_reply", { value: "s3", status: "ok" }, "stdin");
    expect(resultText(await kernel.finished(id))).toBe("[ 'Ada', 's3' ]");
  });

  it("fails a cell that wants input from a client that gives none", async () => {
    const { reply } = await kernel.execute("await input('Name? ')", { allow_stdin: false });
    expect(reply).toMatchObject({ status: "error", evalue: expect.stringContaining("takes no input") });
  });
});

describe("output", () => {
  it("keeps stdout and stderr apart and in order", async () => {
    const run = await kernel.execute(
      "console.log('a'); console.error('b'); process.stdout.write('c'); console.table([{ x: 1 }]);",
    );
    const streams = run.messages.filter(({ type }) => type === "stream").map(({ content }) => content.name);
    expect(streams.filter((name, index) => name !== streams[index - 1])).toEqual([
      "stdout",
      "stderr",
      "stdout",
    ]);
    expect(streamText(run)).toMatch(/^a\nc┌/);
    expect(streamText(run, "stderr")).toBe("b\n");
  });

  it("loses none of 10,000 prints and says idle last", async () => {
    const run = await kernel.execute("for (let i = 0; i < 10_000; i++) console.log(i)");
    const expected = Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join("");
    expect(streamText(run)).toBe(expected);
    expect(run.messages.at(-1)?.content).toEqual({ execution_state: "idle" });
  });

  it("shows what native code and child processes print", async () => {
    const run = await kernel.execute(
      "import { execSync, spawnSync } from 'node:child_process'; import { writeSync } from 'node:fs';\n" +
        "writeSync(1, 'native\\n'); execSync('echo inherited; echo wrong >&2', { stdio: 'inherit' });",
    );
    expect(streamText(run)).toBe("native\ninherited\n");
    expect(streamText(run, "stderr")).toBe("wrong\n");
  });

  it("sends late output below the cell it came from", async () => {
    const id = await kernel.start("setTimeout(() => console.log('late'), 150); 'now'");
    await kernel.finished(id);
    await kernel.execute("await new Promise((r) => setTimeout(r, 300)); 'other'");
    const late = kernel.below(id).find(({ type }) => type === "stream");
    expect(late?.content).toEqual({ name: "stdout", text: "late\n" });
  });

  it("shows a late error below its cell and goes on", async () => {
    const id = await kernel.start(
      "setTimeout(() => { throw new Error('late trouble'); }, 20); Promise.reject(new Error('nobody waits')); 1",
    );
    await kernel.finished(id);
    await kernel.execute("await new Promise((r) => setTimeout(r, 100))");
    const text = kernel
      .below(id)
      .filter(({ type }) => type === "stream")
      .map(({ content }) => content.text)
      .join("");
    expect(text).toContain("late trouble");
    expect(text).toContain("nobody waits");
  });

  it("shows values as they wish to be shown", async () => {
    const own = await kernel.execute(
      "({ toMimeBundle: async () => ({ 'text/html': '<i>own</i>', 'text/plain': 'own' }) })",
    );
    expect(own.messages.find(({ type }) => type === "execute_result")?.content.data).toEqual({
      "text/html": "<i>own</i>",
      "text/plain": "own",
    });
    const symbol = await kernel.execute(
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
    expect(resultText(await kernel.execute(code))).toBe(text);
  });

  it("shows a Proxy that throws at every touch", async () => {
    // Newer Nodes say that it is one.
    const shown = resultText(
      await kernel.execute("new Proxy({}, { get() { throw new Error('hostile'); } })"),
    );
    expect(["{}", "Proxy({})"]).toContain(shown);
  });

  it("shortens a huge value", async () => {
    const text = String(resultText(await kernel.execute("'x'.repeat(50_000_000)")));
    expect(text.length).toBeLessThan(20_000);
  });
});

describe("tslab's API", () => {
  it("displays in every form, and updates its own displays", async () => {
    const run = await kernel.execute(
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
    const run = await kernel.execute(
      "import { newDisplay } from 'tslab'; const many = newDisplay(); for (let i = 0; i <= 10_000; i++) many.text(String(i));",
    );
    const updates = run.messages.filter(({ type }) => type === "update_display_data");
    expect(updates.length).toBeLessThan(20);
    expect(updates.at(-1)?.content.data).toEqual({ "text/plain": "10000" });
  });

  it("coalesces updates that come late, below their cell, and delivers the last", async () => {
    const id = await kernel.start(
      "import { newDisplay } from 'tslab'; const slow = newDisplay(); let step = 0;\n" +
        "const ticking = setInterval(() => { for (let i = 0; i < 10; i++) slow.text(String(++step)); if (step === 2000) clearInterval(ticking) }, 5);",
    );
    await kernel.finished(id);
    const updates = () => kernel.below(id).filter(({ type }) => type === "update_display_data");
    const shown = () =>
      updates().map(({ content }) => Number((content.data as Record<string, string>)["text/plain"]));
    await kernel.until(() => shown().at(-1) === 2000, "the last update");
    const [first, last] = [updates()[0], updates().at(-1)];
    const seconds = ((last?.at ?? 0) - (first?.at ?? 0)) / 1000;
    expect(shown().length).toBeGreaterThan(2);
    expect(shown().length).toBeLessThan(10 * seconds + 5);
    expect(shown()).toEqual([...shown()].sort((a, b) => a - b));
  });
});
