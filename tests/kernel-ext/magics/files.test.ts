/** What reaches files, the environment and commands: %%writefile, %env, %cd and !. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resultText, streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene({ env: { SOME_TOKEN: "hush", DATABASE: "pg://me:hush@host/db" } });
const { run, out } = scene;

describe("%%writefile", () => {
  it("writes and adds inside the folder, and imports see the new text", async () => {
    expect(await out("%%writefile sub/answer.ts\nexport const answer: number = 41")).toBe(
      "wrote 33 bytes to sub/answer.ts\n",
    );
    expect(readFileSync(join(scene.kernel.folder, "sub/answer.ts"), "utf8")).toBe(
      "export const answer: number = 41\n",
    );
    expect(resultText(await run("import { answer } from './sub/answer.ts'; answer + 1"))).toBe("42");
    await run("%%writefile -a sub/answer.ts\nexport const more = 2");
    expect(readFileSync(join(scene.kernel.folder, "sub/answer.ts"), "utf8")).toMatch(/more = 2\n$/);
  });

  it("refuses to leave the folder by dots or links", async () => {
    await expect(run("%%writefile ../outside.txt\nx")).rejects.toThrow(/keeps relative paths inside/);
    symlinkSync("/tmp", join(scene.kernel.folder, "link"));
    await expect(run("%%writefile link/outside.txt\nx")).rejects.toThrow(/keeps relative paths inside/);
    expect(existsSync(join(scene.kernel.folder, "../outside.txt"))).toBe(false);
  });
});

describe("%env, %cd, !", () => {
  it("mask secrets and reach commands", async () => {
    const all = await out("%env");
    expect(all).toContain("SOME_TOKEN=…\n");
    expect(all).toContain("DATABASE=pg://me:…@host/db\n");
    expect(all).not.toContain("hush");
    await run('%env GREETING="good day"');
    expect(await out("!echo $GREETING")).toBe("good day\n");
    await run("%env --unset GREETING");
    await expect(run("%env GREETING")).rejects.toThrow(/knows no variable GREETING/);
  });

  it("change the folder of files, commands and modules, and back", async () => {
    mkdirSync(join(scene.kernel.folder, "deeper"), { recursive: true });
    writeFileSync(join(scene.kernel.folder, "deeper/here.ts"), "export const here = 'deeper';");
    const before = (await out("!pwd")).trim();
    await run("%cd deeper");
    expect((await out("!pwd")).trim()).toBe(join(before, "deeper"));
    expect(resultText(await run("import { here } from './here.ts'; here"))).toBe("'deeper'");
    await run("%cd -");
    expect((await out("!pwd")).trim()).toBe(before);
    await expect(run("%cd nowhere")).rejects.toThrow(/requires a folder/);
  });

  it("stream what a command writes while it runs", async () => {
    const id = await scene.kernel.start("!echo begun; while [ ! -e go ]; do sleep 0.05; done; echo ended");
    const text = () =>
      scene.kernel
        .below(id)
        .map(({ type, content }) => (type === "stream" ? content.text : ""))
        .join("");
    await scene.kernel.until(() => text().includes("begun\n"), "the first line");
    expect(text()).not.toContain("ended");
    writeFileSync(join(scene.kernel.folder, "go"), "");
    expect(streamText(await scene.kernel.finished(id))).toBe("begun\nended\n");
  });

  it("take what people write behind a line by habit, and hints tell negations from commands", async () => {
    expect(await out("%env HABIT=1 // a remark")).toBe("HABIT=1\n");
    expect(await out("!echo $HABIT")).toBe("1\n");
    expect(await out("%env --unset HABIT;")).toBe("HABIT is removed\n");
    await expect(run("!isNaN(3)")).rejects.toThrow(/as TypeScript, write \(!isNaN\(3\)\)\)$/);
    await run("const ready = true");
    await expect(run("!ready;")).rejects.toThrow(/as TypeScript, write \(!ready\)\)$/);
    await expect(run("!nosuchcommand")).rejects.toThrow(/exit code 127: nosuchcommand$/);
    const { reply } = await scene.kernel.execute("const files = !ls");
    expect(String(reply.traceback)).toContain("files.stdout");
    expect(await out("%timeit -n3 -r2 1 + 1")).toMatch(/2 rounds of 3\)/);
    expect(await out("\n// how long?\n%%time\n1")).toMatch(/^wall /);
  });

  it("fail a cell whose command fails", async () => {
    await expect(run("!exit 3")).rejects.toThrow(/exit code 3/);
  });
});
