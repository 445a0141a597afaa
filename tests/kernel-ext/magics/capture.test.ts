/** %%capture in a real kernel. */
import { describe, expect, it } from "vitest";
import { resultText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();
const { run } = scene;

describe("%%capture", () => {
  it("keeps output in a typed variable", async () => {
    const { messages } = await run(
      "%%capture kept\nconsole.log('quiet'); console.error('err'); const inside = 1",
    );
    expect(messages.filter(({ type }) => type === "stream")).toEqual([]);
    expect(resultText(await run("[kept.stdout, kept.stderr, inside]"))).toBe("[ 'quiet\\n', 'err\\n', 1 ]");
    const wrong = await scene.kernel.execute("kept.stdot");
    expect(wrong.messages.find(({ type }) => type === "error")?.content.evalue).toMatch(/stdot/);
  });
});

describe("%%capture of the last value", () => {
  it("hides it; a semicolon, which people write by habit, does not", async () => {
    expect(resultText(await run("20 + 1;"))).toBe("21");
    expect(resultText(await run("%time 20 + 2;"))).toBe("22");
    expect(resultText(await run("%%capture\n20 + 3"))).toBeUndefined();
  });

  it("keeps it among what was shown, as it shows itself", async () => {
    const quiet = await run("%%capture shown\n({ a: 1 })");
    expect(resultText(quiet)).toBeUndefined();
    expect(resultText(await run("shown.displays"))).toBe("[ { 'text/plain': '{ a: 1 }' } ]");
    await run("%%capture drawn\n({ toMimeBundle: () => ({ 'text/html': '<b>x</b>', 'text/plain': 'x' }) })");
    expect(resultText(await run("drawn.displays[0]['text/html']"))).toBe("'<b>x</b>'");
    await run("%%capture nothing\nconst silent = 1");
    expect(resultText(await run("nothing.displays"))).toBe("[]");
  });
});
