/** What the kernel keeps, told by %who, %history, %lsmagic and %typecheck, and forgotten by %reset. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const historyFolder = mkdtempSync(join(tmpdir(), "tunelab-history-"));
afterAll(() => rmSync(historyFolder, { recursive: true, force: true }));
const scene = kernelScene({ env: { TUNELAB_HISTORY: historyFolder } });
const { run, out } = scene;

describe("%who, %history, %lsmagic, %typecheck", () => {
  it("list what there is", async () => {
    await run("const rate = 0.25; function train(units: number) { return units * rate }");
    const names = await out("%who");
    expect(names).toMatch(/^rate +cell +\d+ +const rate: 0\.25$/m);
    expect(names).toMatch(/^train +cell +\d+ +function train\(units: number\): number$/m);
    expect(await out("%history -n 1")).toMatch(/^\d+ │ %who\n$/);
    expect(await out("%lsmagic")).toMatch(/^%%writefile +Writes the lines below to a file\.$/m);
  });

  it("changes how cells are checked", async () => {
    await expect(run("const wrong: number = 'text'")).rejects.toThrow(/not assignable/);
    expect(await out("%typecheck off")).toBe("type check: off\n");
    expect(resultText(await run("const wrong: number = 'text'; wrong"))).toBe("'text'");
    expect(await out("%typecheck strict")).toBe("type check: strict\n");
    await expect(run("%typecheck loose")).rejects.toThrow(
      /must be strict, warn or off, but was given "loose"/,
    );
  });
});

describe("%history", () => {
  it("prints cells by number and range, with results, and finds text in all sessions", async () => {
    const { reply } = await run("const marked = 'needle [1]';\nmarked");
    const number = Number(reply.execution_count);
    await run("1 + 1");
    const first = `${number} │ const marked = 'needle [1]';\n${" ".repeat(String(number).length)} │ marked\n`;
    expect(await out(`%history ${number}`)).toBe(first);
    expect(await out(`%history ${number}-${number + 1} -o`)).toMatch(/ │ 1 \+ 1\n +→ │ 2\n$/);
    expect(await out("%history -g 'const*needle [1]' -n 1")).toBe(first);
    const next = await KernelClient.start({ env: { TUNELAB_HISTORY: historyFolder } });
    try {
      const found = streamText(await next.execute("%history --grep 'const*needle [1]' -u"));
      expect(found).toMatch(new RegExp(`\\d+/${number} │ const marked = 'needle \\[1\\]'`));
      expect(streamText(await next.execute(`%history -1/${number}`))).toContain("needle [1]");
    } finally {
      await next.close();
    }
  });

  it("says what it takes", async () => {
    await expect(run("%history fit")).rejects.toThrow(
      '%history takes cells such as 4, 2-6, 8- or -1/3-5 (--grep finds text), but was given "fit"',
    );
    await expect(run("%history 5-2")).rejects.toThrow(/was given "5-2"/);
  });
});

describe("%reset", () => {
  it("asks first where somebody can be asked", async () => {
    await run("const stays = 5");
    const id = await scene.kernel.start("%reset");
    expect((await scene.kernel.inputRequest()).content.prompt).toMatch(/^Forget \d+ names and start anew\?/);
    await scene.kernel.send("input_reply", { status: "ok", value: "n" }, "stdin");
    expect(streamText(await scene.kernel.finished(id))).toBe("nothing is forgotten\n");
    expect(resultText(await run("stays"))).toBe("5");
  });

  it("keeps what %env set and removed", async () => {
    await run("%env GREETING=good day\n%env --unset TUNELAB_HISTORY");
    await run("%reset -f");
    expect(resultText(await run("[process.env.GREETING, process.env.TUNELAB_HISTORY]"))).toBe(
      "[ 'good day', undefined ]",
    );
  });

  it("has tunelab imported with the backend that %env names", async () => {
    const backend = "(await import('tunelab')).tf.getBackend()";
    const found = resultText(await run(backend));
    const other = found === "'wasm'" ? "tensorflow" : "wasm";
    expect(await out(`%env TUNELAB_BACKEND=${other}`)).toBe(
      `TUNELAB_BACKEND=${other}\nTUNELAB_BACKEND counts when tunelab is imported: where it was, after %reset\n`,
    );
    expect(resultText(await run(backend))).toBe(found);
    await run("%reset -f");
    expect(resultText(await run(backend))).toBe(`'${other}'`);
  });

  it.each([
    ["no Node starts with", "%env NODE_OPTIONS=--no-such-option", "NODE_OPTIONS"],
    ["the system takes no process with", `%env TOO_LARGE=${"x".repeat(2e5)}`, "TOO_LARGE"],
  ])("comes back without what %s", async (_what, set, name) => {
    const kernel = await KernelClient.start();
    try {
      await kernel.execute("%env OTHER=kept");
      await kernel.execute(set);
      await kernel.execute("%reset -f");
      // The first one may have to say that no session began.
      const told = [await kernel.execute("1"), await kernel.execute(`String(process.env.${name})`)];
      expect(resultText(told[1] as Execution)).toBe("'undefined'");
      expect(told.map((cell) => streamText(cell, "stderr")).join("")).toContain(
        `[tunelab] what %env changed is forgotten, since no session began with it: OTHER, ${name}; change again what one can begin with\n`,
      );
      expect(streamText(await kernel.execute("2"), "stderr")).toBe("");
    } finally {
      await kernel.close();
    }
  });

  it("forgets every name", async () => {
    await run("const gone = 1");
    await run("%reset -f");
    await expect(run("gone")).rejects.toThrow(/Cannot find name 'gone'/);
    expect(resultText(await run("const gone = 'again'; gone"))).toBe("'again'");
  });
});
