/** The generic magics in a real kernel, under a real client. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
const historyFolder = mkdtempSync(join(tmpdir(), "tunelab-history-"));
beforeAll(async () => {
  kernel = await KernelClient.start({
    env: {
      ...process.env,
      TUNELAB_HISTORY: historyFolder,
      SOME_TOKEN: "hush",
      DATABASE: "pg://me:hush@host/db",
    },
  });
});
afterAll(async () => {
  await kernel.close();
  rmSync(historyFolder, { recursive: true, force: true });
});

async function run(source: string): Promise<Execution> {
  const execution = await kernel.execute(source);
  const error = execution.messages.find(({ type }) => type === "error")?.content;
  if (error) throw new Error(`${String(error.ename)}: ${String(error.evalue)}`);
  return execution;
}

const out = async (source: string) => streamText(await run(source), "stdout");

describe("%%time, %time, %timeit", () => {
  it("run the code, keep its names and value, and tell the time", async () => {
    const execution = await run(
      "%%time\nconst slept = await new Promise<number>((done) => setTimeout(() => done(7), 50));\nslept",
    );
    expect(resultText(execution)).toBe("7");
    const [, wall] = /^wall ([\d.]+) ms, CPU /m.exec(streamText(execution, "stdout")) ?? [];
    expect(Number(wall)).toBeGreaterThanOrEqual(49);
    expect(Number(wall)).toBeLessThan(2000);
    expect(resultText(await run("slept + 1"))).toBe("8");
    expect(resultText(await run("%time slept * 2"))).toBe("14");
  });

  it("tell the time of a cell that throws, and let it throw", async () => {
    const { messages } = await kernel.execute("%%time\nthrow new RangeError('bad')");
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
    const { reply } = await kernel.execute("%%timeit\n\nthrow new RangeError('third')");
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
      const { reply } = await kernel.execute(source);
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
    const id = await kernel.start("%time void (1 as number).nosuch");
    const told = () =>
      kernel
        .below(id)
        .map(({ content }) => String(content.text ?? ""))
        .join("");
    await kernel.until(() => told().includes("~"), "what the check beside the cell found");
    await run("%typecheck strict");
    expect(told()).toMatch(/ 1 │ %time void \(1 as number\)\.nosuch\n {4}│ {26}~{6}\n/);
  });

  it("type-check their code", async () => {
    const { messages } = await kernel.execute("%timeit missing()");
    expect(messages.find(({ type }) => type === "error")?.content.evalue).toMatch(
      /Cannot find name 'missing'/,
    );
  });
});

describe("%%capture", () => {
  it("keeps output in a typed variable", async () => {
    const { messages } = await run(
      "%%capture kept\nconsole.log('quiet'); console.error('err'); const inside = 1",
    );
    expect(messages.filter(({ type }) => type === "stream")).toEqual([]);
    expect(resultText(await run("[kept.stdout, kept.stderr, inside]"))).toBe("[ 'quiet\\n', 'err\\n', 1 ]");
    const wrong = await kernel.execute("kept.stdot");
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

describe("the examples that help shows", () => {
  const shown = ["time", "timeit", "capture", "env", "who", "typecheck", "history"].flatMap(
    (name) => magics.get(name)?.examples ?? [],
  );

  it("run as they stand, after cells that declare what they name", async () => {
    await run(
      "const slow = () => 1, xs = [1, 2], model = { predict: (of: number) => ({ data: async () => [of] }) };",
    );
    await run("const x = 2, out = { stdout: '' };");
    for (const example of shown) await run(example).catch((error) => expect.fail(`${example}: ${error}`));
    await run("%typecheck strict");
    expect(shown.length).toBeGreaterThan(10);
  }, 60_000);
});

describe("%%writefile", () => {
  it("writes and adds inside the folder, and imports see the new text", async () => {
    expect(await out("%%writefile sub/answer.ts\nexport const answer: number = 41")).toBe(
      "wrote 33 bytes to sub/answer.ts\n",
    );
    expect(readFileSync(join(kernel.folder, "sub/answer.ts"), "utf8")).toBe(
      "export const answer: number = 41\n",
    );
    expect(resultText(await run("import { answer } from './sub/answer.ts'; answer + 1"))).toBe("42");
    await run("%%writefile -a sub/answer.ts\nexport const more = 2");
    expect(readFileSync(join(kernel.folder, "sub/answer.ts"), "utf8")).toMatch(/more = 2\n$/);
  });

  it("refuses to leave the folder by dots or links", async () => {
    await expect(run("%%writefile ../outside.txt\nx")).rejects.toThrow(/keeps relative paths inside/);
    symlinkSync("/tmp", join(kernel.folder, "link"));
    await expect(run("%%writefile link/outside.txt\nx")).rejects.toThrow(/keeps relative paths inside/);
    expect(existsSync(join(kernel.folder, "../outside.txt"))).toBe(false);
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
    mkdirSync(join(kernel.folder, "deeper"), { recursive: true });
    writeFileSync(join(kernel.folder, "deeper/here.ts"), "export const here = 'deeper';");
    const before = (await out("!pwd")).trim();
    await run("%cd deeper");
    expect((await out("!pwd")).trim()).toBe(join(before, "deeper"));
    expect(resultText(await run("import { here } from './here.ts'; here"))).toBe("'deeper'");
    await run("%cd -");
    expect((await out("!pwd")).trim()).toBe(before);
    await expect(run("%cd nowhere")).rejects.toThrow(/requires a folder/);
  });

  it("stream what a command writes while it runs", async () => {
    const id = await kernel.start("!echo begun; while [ ! -e go ]; do sleep 0.05; done; echo ended");
    const text = () =>
      kernel
        .below(id)
        .map(({ type, content }) => (type === "stream" ? content.text : ""))
        .join("");
    await kernel.until(() => text().includes("begun\n"), "the first line");
    expect(text()).not.toContain("ended");
    writeFileSync(join(kernel.folder, "go"), "");
    expect(streamText(await kernel.finished(id))).toBe("begun\nended\n");
  });

  it("take what people write behind a line by habit, and hints tell negations from commands", async () => {
    expect(await out("%env HABIT=1 // a remark")).toBe("HABIT=1\n");
    expect(await out("!echo $HABIT")).toBe("1\n");
    expect(await out("%env --unset HABIT;")).toBe("HABIT is removed\n");
    await expect(run("!isNaN(3)")).rejects.toThrow(/as TypeScript, write \(!isNaN\(3\)\)\)$/);
    await run("const ready = true");
    await expect(run("!ready;")).rejects.toThrow(/as TypeScript, write \(!ready\)\)$/);
    await expect(run("!nosuchcommand")).rejects.toThrow(/exit code 127: nosuchcommand$/);
    const { reply } = await kernel.execute("const files = !ls");
    expect(String(reply.traceback)).toContain("files.stdout");
    expect(await out("%timeit -n3 -r2 1 + 1")).toMatch(/2 rounds of 3\)/);
    expect(await out("\n// how long?\n%%time\n1")).toMatch(/^wall /);
  });

  it("say of an unknown magic that is asked about which one is near", async () => {
    const { reply } = await kernel.execute("%timit?");
    expect(reply.payload).toMatchObject([
      { source: "page", data: { "text/plain": "there is no magic %timit. Did you mean %timeit?" } },
    ]);
  });

  it("fail a cell whose command fails", async () => {
    await expect(run("!exit 3")).rejects.toThrow(/exit code 3/);
  });
});

describe("a magic that refuses what it was given", () => {
  const refusal = async (source: string) => {
    const { ename, evalue, traceback } = (await kernel.execute(source)).reply;
    expect(ename, source).toBe("MagicError");
    expect((traceback as string[]).join("\n").split("\n"), source).toHaveLength(1);
    return String(evalue);
  };

  it.each(
    magics.list().flatMap(({ name, kind }) => {
      if (kind !== "both") return [`${kind === "cell" ? "%%" : "%"}${name}`];
      return [`%${name}`, `%%${name}`];
    }),
  )("is a MagicError of %s for an unknown option", async (called) => {
    expect(await refusal(`${called} --no-such-option`)).toMatch(
      new RegExp(`^${called} has no option --no-such-option\\.`),
    );
  });

  it.each([
    ["%bord", /^there is no magic %bord\./],
    ["1;\n%%time", /^%%time works on a whole cell/],
    ["%writefile x", /^%%writefile works on a whole cell/],
    ["%time", /^%time requires code/],
    ["%timeit", /^%timeit requires code/],
    ["%profile", /^%profile requires code/],
    ["%%timeit 1 + 1\n2", /^%%timeit runs the lines below it/],
    ["%%profile 1 + 1\n2", /^%%profile runs the lines below it/],
    ["%time (1", /cannot be read/],
    ["%cd no/such/folder", /^%cd requires a folder/],
    ["%env NO_SUCH_VARIABLE", /^%env knows no variable/],
    ["%history one", /^%history takes cells/],
    ["%%writefile ../outside\n1", /^%%writefile keeps relative paths inside/],
    ["%%capture 1x\n1", /^%%capture requires a variable's name/],
    ["%doctor none-such", /^find run "none-such"/],
    ["%runs none-such", /^find run "none-such"/],
    ["%board none-such", /"none-such" is none/],
    ["%compare none-such other", /^find run "none-such"/],
    ["%best none-such", /given "none-such"/],
    ["%sweep", /^%sweep requires the function to call/],
    ["%sweep noneSuch x=int(1, 2) --maximize", /^%sweep requires a function of this notebook/],
    ["%sweep fetch x=int(1 --maximize", /never closed/],
    ["%%sweep s --cells 9-1 --maximize\n(trial) => 1", /^--cells takes numbers and ranges/],
  ])("is a MagicError: %j", async (source, message) => {
    expect(await refusal(source)).toMatch(message);
  });

  it("leaves the errors of a person's code their names", async () => {
    for (const source of ["%time JSON.parse('x')", "%%time\nJSON.parse('x')", "%%capture\nJSON.parse('x')"])
      expect((await kernel.execute(source)).reply.ename, source).toBe("SyntaxError");
  });
});

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
    const next = await KernelClient.start({ env: { ...process.env, TUNELAB_HISTORY: historyFolder } });
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

describe("%npm install", () => {
  it("makes a tarball's package importable too", async () => {
    const source = join(kernel.folder, "packed");
    mkdirSync(source);
    writeFileSync(
      join(source, "package.json"),
      JSON.stringify({ name: "packed-package", version: "1.0.0", main: "index.js", types: "index.d.ts" }),
    );
    writeFileSync(join(source, "index.js"), "exports.packed = 6;");
    writeFileSync(join(source, "index.d.ts"), "export declare const packed: number;");
    await run("!npm pack ./packed --silent");
    await run("%npm install ./packed-package-1.0.0.tgz");
    expect(resultText(await run("import { packed } from 'packed-package'; packed * 7"))).toBe("42");
    await expect(run("packed.length")).rejects.toThrow(/'length' does not exist on type 'number'/);
  }, 60_000);

  it("makes a package importable with its types, without a restart, also after an import that failed", async () => {
    const source = join(kernel.folder, "tiny-source");
    mkdirSync(source);
    writeFileSync(
      join(source, "package.json"),
      JSON.stringify({
        name: "tiny-package",
        version: "1.0.0",
        type: "module",
        exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
      }),
    );
    writeFileSync(join(source, "index.js"), "export const tiny = 'small';");
    writeFileSync(join(source, "index.d.ts"), "export declare const tiny: 'small';");
    await expect(run("import { tiny } from 'tiny-package'; tiny")).rejects.toThrow(
      /Cannot find module 'tiny-package'/,
    );
    await run("%npm install ./tiny-source");
    expect(resultText(await run("import { tiny } from 'tiny-package'; tiny"))).toBe("'small'");
    await expect(run("tiny satisfies 'big'")).rejects.toThrow(/does not satisfy/);
  }, 60_000);
});

describe("%reset", () => {
  it("asks first where somebody can be asked", async () => {
    await run("const stays = 5");
    const id = await kernel.start("%reset");
    expect((await kernel.inputRequest()).content.prompt).toMatch(/^Forget \d+ names and start anew\?/);
    await kernel.send("input_reply", { status: "ok", value: "n" }, "stdin");
    expect(streamText(await kernel.finished(id))).toBe("nothing is forgotten\n");
    expect(resultText(await run("stays"))).toBe("5");
  });

  it("forgets every name", async () => {
    await run("const gone = 1");
    await run("%reset -f");
    await expect(run("gone")).rejects.toThrow(/Cannot find name 'gone'/);
    expect(resultText(await run("const gone = 'again'; gone"))).toBe("'again'");
  });
});
