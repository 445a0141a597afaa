/** What is told of a cell that fails. */
import { describe, expect, it } from "vitest";
import { type Received, streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

const types = (messages: readonly Received[]) => messages.map(({ type }) => type);

describe("an error", () => {
  it("tells an error with its name, its text, and the line at fault", async () => {
    const { reply, messages } = await scene.kernel.execute(
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
    const { reply } = await scene.kernel.execute(
      "import { readFile } from 'node:fs/promises';\n\nconst text = await readFile('/no/such/file');",
    );
    const traceback = [reply.traceback].flat().join("\n");
    expect(traceback).toContain("line 3");
    expect(traceback).toMatch(/at async cell-\d+\.ts:3:14/);
  });

  it("refuses a cell whose types are wrong, before it runs", async () => {
    const { reply } = await scene.kernel.execute("console.log('ran');\nconst wrong: number = 'text';");
    expect(reply).toMatchObject({ status: "error", ename: "TypeScriptError" });
    expect(String(reply.evalue)).toContain("TS2322");
    const traceback = (reply.traceback as string[]).join("\n");
    expect(traceback).toContain("const wrong: number = 'text';");
    expect(traceback).toContain("\u001b[1merror TS2322\u001b[22m: Type 'string'");
    expect(streamText(await scene.kernel.execute("0"))).toBe("");
  });

  it("names no number that nobody saw in the errors of a cell that is not counted", async () => {
    const uncounted = { store_history: false };
    const typed = await scene.kernel.execute("const wrong: number = 'text';", uncounted);
    expect([typed.reply.traceback].flat().join("\n")).toMatch(/^a cell without number, line 1: .*TS2322/);
    const { reply } = await scene.kernel.execute("1;\nJSON.parse('{')", uncounted);
    expect([reply.traceback].flat().join("\n")).toContain("a cell without number, line 2");
  });
});
