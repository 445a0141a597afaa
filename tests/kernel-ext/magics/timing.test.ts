/** %time and %timeit, of a line and of a cell, in a real kernel. */
import { describe, expect, it } from "vitest";
import { resultText, streamText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();
const { run, out } = scene;

describe("%%time, %time, %timeit", () => {
  it("run the code, keep its names and value, and tell the time", async () => {
    const execution = await run(
      "%%time\nconst slept = await new Promise<number>((done) => setTimeout(() => done(7), 50));\nslept",
    );
    expect(resultText(execution)).toBe("7");
    const [, wall, unit] = /^wall ([\d.]+) (m?s), CPU /m.exec(streamText(execution, "stdout")) ?? [];
    const told = Number(wall) * (unit === "s" ? 1000 : 1);
    expect(told).toBeGreaterThanOrEqual(49);
    expect(told).toBeLessThan(execution.milliseconds);
    expect(resultText(await run("slept + 1"))).toBe("8");
    expect(resultText(await run("%time slept * 2"))).toBe("14");
  });

  it("tell the time of a cell that throws, and let it throw", async () => {
    const { messages } = await scene.kernel.execute("%%time\nthrow new RangeError('bad')");
    expect(messages.find(({ type }) => type === "error")?.content).toMatchObject({ ename: "RangeError" });
    expect(messages.some(({ content }) => String(content.text).startsWith("wall "))).toBe(true);
  });

  it("count the runs they were told, awaits too", async () => {
    await run("let calls = 0; const tick = async () => { calls++; await null }");
    expect(await out("%timeit -n 10 -r 3 await tick()")).toMatch(/3 rounds of 10\)/);
    // One run more, to see whether it gives a promise.
    expect(resultText(await run("calls"))).toBe("31");
    expect(await out("%timeit 1 + 1")).toMatch(/^[\d.]+ ns ± [\d.]+ \w+ a run \(mean/);
  });

  it("run the lines of a cell many times, in a scope of their own", async () => {
    await run("let rounds = 0");
    expect(await out("%%timeit -n 5 -r 2\nconst step = 1;\nrounds += step;")).toMatch(/2 rounds of 5\)/);
    expect(resultText(await run("rounds"))).toBe("11");
    expect(await out("%%timeit -n 2 -r 1\nawait null;\nrounds++;")).toMatch(/1 rounds? of 2\)/);
    await expect(run("step")).rejects.toThrow(/Cannot find name 'step'/);
    await expect(run("%%timeit\nrounds = 'text';")).rejects.toThrow(/not assignable to type 'number'/);
    await expect(run("%%timeit\nimport 'node:fs'")).rejects.toThrow(/lines that can run again/);
    const { reply } = await scene.kernel.execute("%%timeit\n\nthrow new RangeError('third')");
    expect(String(reply.traceback)).toMatch(/cell \d+, line 3/);
  });

  it("keep what a line that runs once declares, types too, and show its last expression", async () => {
    const timed = await run("%time const m = [1, 2]; type Pair = typeof m; m.length");
    expect(resultText(timed)).toBe("2");
    expect(streamText(timed, "stdout")).toMatch(/^wall [\d.]+ /);
    expect(resultText(await run("const twice: Pair = [...m, ...m]; twice"))).toBe("[ 1, 2, 1, 2 ]");
    await expect(run("m.push('three')")).rejects.toThrow(/not assignable to parameter of type 'number'/);
    expect(resultText(await run("%profile function keptToo() { return 7 }"))).toBeUndefined();
    expect(resultText(await run("keptToo()"))).toBe("7");
    expect(resultText(await run("{\n  %time let inner = 5\n  console.log(inner)\n}\nm[0]"))).toBe("1");
    await expect(run("%time const lost = 1, broken = JSON.parse('{')")).rejects.toThrow(/JSON/);
    expect(resultText(await run("%time const after = 1; after"))).toBe("1");
  });

  it("point at the code where the person wrote it", async () => {
    /** What the `^` or `~` of the traceback stands below. */
    const marked = async (source: string) => {
      const { reply } = await scene.kernel.execute(source);
      const lines = (reply.traceback as string[]).join("\n").split("\n");
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal
      const plain = lines.map((line) => line.replace(/\u001b\[\d+m/g, ""));
      const mark = plain.findIndex((line) => /^[\s|│]*[\^~]+$/.test(line));
      const [, before = "", width = ""] = /^(.*?)([\^~]+)$/.exec(plain[mark] ?? "") ?? [];
      return plain[mark - 1]?.slice(before.length, before.length + Math.max(6, width.length));
    };
    expect(await marked("%time (() => { throw new Error('x') })()")).toBe("new Error".slice(0, 6));
    expect(await marked("%timeit -n 1 (() => { throw new Error('x') })()")).toBe("new Er");
    expect(await marked("%profile const t = 1; (() => { throw new Error('x') })()")).toBe("new Er");
    expect(await marked("1\n%timeit Math.nosuch(1)")).toBe("nosuch");
    expect(await marked("%time const q: number = wrongs; q")).toBe("wrongs");
    await run("%typecheck warn");
    const id = await scene.kernel.start("%time void (1 as number).nosuch");
    const told = () =>
      scene.kernel
        .below(id)
        .map(({ content }) => String(content.text ?? ""))
        .join("");
    await scene.kernel.until(() => told().includes("~"), "what the check beside the cell found");
    await run("%typecheck strict");
    expect(told()).toMatch(/ 1 │ %time void \(1 as number\)\.nosuch\n {4}│ {26}~{6}\n/);
  });

  it("type-check their code", async () => {
    const { messages } = await scene.kernel.execute("%timeit missing()");
    expect(messages.find(({ type }) => type === "error")?.content.evalue).toMatch(
      /Cannot find name 'missing'/,
    );
  });
});
