/** Requests beside the execution of cells, and what a cell asks the person. */
import { describe, expect, it } from "vitest";
import { resultText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

describe("requests", () => {
  it("says who it is", async () => {
    const { content } = await scene.kernel.request("kernel_info_request", {});
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

  it.each([
    ["const a = [1,\n2]", "complete"],
    ["function f() {", "incomplete"],
    ["const = 5;", "invalid"],
  ])("is_complete of %j is %s", async (code, status) => {
    expect((await scene.kernel.request("is_complete_request", { code })).content.status).toBe(status);
  });

  it("completes members of earlier cells, counting code points", async () => {
    await scene.kernel.execute("const person = { firstName: 'Ada', 名前: 1 }");
    const code = "'🦊🦊'; person.firs";
    const { content } = await scene.kernel.request("complete_request", {
      code,
      cursor_pos: [...code].length,
    });
    expect(content).toMatchObject({ status: "ok", matches: expect.arrayContaining(["firstName"]) });
    expect(content.cursor_start).toBe([..."'🦊🦊'; person."].length);
    expect(content.cursor_end).toBe([...code].length);
  });

  it("inspects a name", async () => {
    await scene.kernel.execute("/** How far. */ const distance = 12");
    const { content } = await scene.kernel.request("inspect_request", {
      code: "distance",
      cursor_pos: 4,
      detail_level: 0,
    });
    expect(content).toMatchObject({ status: "ok", found: true });
    expect((content.data as Record<string, string>)["text/plain"]).toContain("distance");
    const nothing = await scene.kernel.request("inspect_request", {
      code: "   ",
      cursor_pos: 1,
      detail_level: 0,
    });
    expect(nothing.content).toMatchObject({ status: "ok", found: false });
  });

  it("tells more where more detail is asked for", async () => {
    const fields = Array.from({ length: 35 }, (_, index) => `f${10 + index}: 1`);
    await scene.kernel.execute(`interface Wide { ${fields.join("; ")} }`);
    const asked = { code: "let it: Wide", cursor_pos: 12 };
    const [some, more] = [
      await scene.kernel.request("inspect_request", { ...asked, detail_level: 0 }),
      await scene.kernel.request("inspect_request", { ...asked, detail_level: 1 }),
    ].map(({ content }) => (content.data as Record<string, string>)["text/plain"]);
    expect(some).toMatch(/\n {2}f39: 1\n\n {2}and f40, f41, f42, f43, f44\n$/);
    expect(more).toMatch(/\n {2}f44: 1\n$/);
  });

  it("remembers this session's history", async () => {
    await scene.kernel.execute("'needle ' + 1");
    const tail = await scene.kernel.request("history_request", {
      hist_access_type: "tail",
      n: 1,
      output: true,
      raw: true,
    });
    expect(tail.content.history).toEqual([[1, expect.any(Number), ["'needle ' + 1", "'needle 1'"]]]);
    const search = { hist_access_type: "search", pattern: "*needle*", output: false, raw: true };
    const found = await scene.kernel.request("history_request", search);
    expect((found.content.history as unknown[]).length).toBe(1);
  });

  it("has no comm targets: an opened comm is closed again", async () => {
    expect((await scene.kernel.request("comm_info_request", {})).content).toEqual({
      status: "ok",
      comms: {},
    });
    const id = await scene.kernel.send("comm_open", { comm_id: "c1", target_name: "nobody", data: {} });
    const closed = await scene.kernel.until(
      () => scene.kernel.below(id).find(({ type }) => type === "comm_close"),
      "comm_close",
    );
    expect(closed.content).toMatchObject({ comm_id: "c1" });
  });

  it("answers while a cell runs, and stays busy for the client", async () => {
    const gate = scene.kernel.gate();
    const id = await scene.kernel.start(`await ${gate.code}; 'slept'`);
    await scene.kernel.request("is_complete_request", { code: "1" });
    await scene.kernel.request("kernel_info_request", {});
    expect(scene.kernel.replied.has(id)).toBe(false);
    const lastStatus = () => scene.kernel.published.findLast(({ type }) => type === "status");
    const last = await scene.kernel.until(
      () => lastStatus()?.content.execution_state === "busy" && lastStatus(),
      "busy said again",
    );
    expect(last.parent.msg_id).toBe(id);
    gate.open();
    expect(resultText(await scene.kernel.finished(id))).toBe("'slept'");
  });
});

describe("input", () => {
  it("asks the person for a line, and for a password", async () => {
    const id = await scene.kernel.start(
      "const name: string = await input('Name? '); const secret = await password('Key? '); [name, secret]",
    );
    expect((await scene.kernel.inputRequest()).content).toEqual({ prompt: "Name? ", password: false });
    await scene.kernel.send("input_reply", { value: "Ada", status: "ok" }, "stdin");
    expect((await scene.kernel.inputRequest()).content).toEqual({ prompt: "Key? ", password: true });
    await scene.kernel.send("input_reply", { value: "s3", status: "ok" }, "stdin");
    expect(resultText(await scene.kernel.finished(id))).toBe("[ 'Ada', 's3' ]");
  });

  it("fails a cell that wants input from a client that gives none", async () => {
    const { reply } = await scene.kernel.execute("await input('Name? ')", { allow_stdin: false });
    expect(reply).toMatchObject({ status: "error", evalue: expect.stringContaining("takes no input") });
  });
});
