/** What cells print, at once and late. */
import { describe, expect, it } from "vitest";
import { streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

describe("output", () => {
  it("keeps stdout and stderr apart and in order", async () => {
    const run = await scene.kernel.execute(
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
    const run = await scene.kernel.execute("for (let i = 0; i < 10_000; i++) console.log(i)");
    const expected = Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join("");
    expect(streamText(run)).toBe(expected);
    expect(run.messages.at(-1)?.content).toEqual({ execution_state: "idle" });
  });

  it("shows what native code and child processes print", async () => {
    const run = await scene.kernel.execute(
      "import { execSync, spawnSync } from 'node:child_process'; import { writeSync } from 'node:fs';\n" +
        "writeSync(1, 'native\\n'); execSync('echo inherited; echo wrong >&2', { stdio: 'inherit' });",
    );
    expect(streamText(run)).toBe("native\ninherited\n");
    expect(streamText(run, "stderr")).toBe("wrong\n");
  });

  it("sends late output below the cell it came from", async () => {
    const id = await scene.kernel.start("setTimeout(() => console.log('late'), 150); 'now'");
    await scene.kernel.finished(id);
    await scene.kernel.execute("await new Promise((r) => setTimeout(r, 300)); 'other'");
    const late = scene.kernel.below(id).find(({ type }) => type === "stream");
    expect(late?.content).toEqual({ name: "stdout", text: "late\n" });
  });

  it("shows a late error below its cell and goes on", async () => {
    const id = await scene.kernel.start(
      "setTimeout(() => { throw new Error('late trouble'); }, 20); Promise.reject(new Error('nobody waits')); 1",
    );
    await scene.kernel.finished(id);
    await scene.kernel.execute("await new Promise((r) => setTimeout(r, 100))");
    const text = scene.kernel
      .below(id)
      .filter(({ type }) => type === "stream")
      .map(({ content }) => content.text)
      .join("");
    expect(text).toContain("late trouble");
    expect(text).toContain("nobody waits");
  });
});
