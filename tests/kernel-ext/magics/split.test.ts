import { describe, expect, it } from "vitest";
import { writtenPlace } from "../../../kernel-ext/magics/movedCode.js";
import { defineMagic, type MagicDefinition, MagicRegistry } from "../../../kernel-ext/magics/registry.js";
import { splitMagics } from "../../../kernel-ext/magics/split.js";

const run = () => undefined;
const registry = new MagicRegistry([
  defineMagic({
    name: "board",
    kind: "line",
    summary: "",
    options: { tags: { type: "text", summary: "" } },
    positionals: [{ name: "run", summary: "", many: true }],
    run,
  }),
  defineMagic({
    name: "timeit",
    kind: "line",
    summary: "",
    lineBody: "repeated",
    options: { number: { type: "integer", summary: "", short: "n" } },
    positionals: [{ name: "code", summary: "", verbatim: true }],
    run,
  }),
  defineMagic({
    name: "time",
    kind: "both",
    summary: "",
    body: "code",
    lineBody: "once",
    positionals: [{ name: "code", summary: "", verbatim: true }],
    run,
  }),
  defineMagic({
    name: "file",
    kind: "cell",
    summary: "",
    positionals: [{ name: "file", summary: "", required: true }],
    run,
  }),
  defineMagic({
    name: "sweep",
    kind: "both",
    summary: "",
    body: "expression",
    bodyType: "(trial: Trial) => unknown",
    positionals: [{ name: "name", summary: "", many: true }],
    run,
  }),
  defineMagic({
    name: "capture",
    kind: "cell",
    summary: "",
    body: "code",
    positionals: [{ name: "name", summary: "" }],
    declares: ({ positionals }) => `let ${positionals[0]}: string;`,
    run,
  }),
] as MagicDefinition[]);

const split = (source: string) => splitMagics(source, registry);

describe("line magics", () => {
  it("become calls on the same line, and leave every other line as it is", () => {
    const cell = split(`const a = 1\n%board --tags "a b" run\n  a.toFixed()\n!ls -l "x"\n`);
    expect(cell.source).toBe(
      'const a = 1\nawait __tunelab.magic("board", "--tags \\"a b\\" run");\n  a.toFixed()\nawait __tunelab.shell("ls -l \\"x\\"");\n',
    );
    expect(cell.lineMagics).toEqual([{ name: "board", args: '--tags "a b" run', line: 2 }]);
    expect(cell.errors).toEqual([]);
  });

  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: cells are given as text
  it.each([
    ["a template", "const t = `\n%board\n!ls\n${[\n1].length}\n%board\n`"],
    ["a template in a template", "const t = `${`\n%board`}\n%board`"],
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: cells are given as text
    ["a remark", "/*\n%board\n*/\n// %board\n1 //\n// `"],
    ["a call's arguments", "f(\n  a\n  %board\n)"],
    ["a list", "[\n1\n%board\n]"],
    ["a remainder over lines", "const r = 7\n  % 2"],
    ["a remainder of a name that is no magic", "const r = total\n  %width"],
    ["an unfinished expression", "const r =\n%board"],
    ["negation in a block", "if (a) {\n  !done && go()\n}"],
    ["a call of a function expression", "!(() => 1)()\n!function () {}()\n!!x"],
    ["a non-null assertion and inequality", "a!\n  .b\nif (a != b) {}"],
    ["a conditional over lines", "ready?\n  1 : 2"],
    ["a regular expression", 'const r = /[/`"]`/\nconst s = x / 2 / `\n%board`.length'],
    ["a string with an escaped end", `const s = 'it\\'s\\\n'; const d = "\\""`],
  ])("are none in %s", (_, source) => {
    const cell = split(source);
    expect(cell.source).toBe(source);
    expect(cell.lineMagics).toEqual([]);
    expect(cell.help).toEqual([]);
    expect(cell.errors).toEqual([]);
  });

  it.each([
    ["after a template that spans lines", "const t = `\n`\n%board", 3],
    ["after an unended expression", "const a = b\n%board", 2],
    ["after a remark with a quote", "// it's\n/* ` */\n%board", 3],
    ["after a regular expression with quotes", "const r = /['`]/g\n%board", 2],
    ["in a block", "for (const x of xs) {\n  %board\n}", 2],
    ["after else", "if (a) b()\nelse\n  %board", 3],
    ["after a type with braces", "interface A {\n  a: 1\n}\n%board", 4],
    ["after an arrow function", "const f = () => {\n}\n%board", 3],
  ])("are found %s", (_, source, line) => {
    expect(split(source).lineMagics).toEqual([{ name: "board", args: "", line }]);
  });

  it("go on over a backslash at the line's end", () => {
    const cell = split("%board a \\\n  --tags x\n1");
    expect(cell.source).toBe('await __tunelab.magic("board", "a   --tags x");\n\n1');
  });

  it("with TypeScript hand it over as a function of a function", () => {
    expect(split("%timeit f(1);").source).toBe(
      'await __tunelab.magic("timeit", "f(1);", () => () => (f(1)));',
    );
    expect(split("%timeit await f()").source).toContain("() => async () => (await f())");
    expect(split("%timeit const a = 1; g(a)").source).toContain("() => () => { const a = 1; g(a) }");
    expect(split("%timeit f(").errors[0]?.message).toMatch(/cannot be read/);
  });

  it.each([
    ["f(1) // fast?", "() => () => (f(1))"],
    ["f(1); // fast?", "() => () => (f(1))"],
    ["f(1) /* fast? */;", "() => () => (f(1))"],
    ["f('// é') // 😀", "() => () => (f('// é'))"],
    ["await f() // fast?", "() => async () => (await f())"],
    ["a(); b() // fast?", "() => () => { a(); b() }"],
    ["// nothing", "() => () => {  }"],
  ])("leave out the remark behind %s, and keep the lines below", (code, made) => {
    expect(split(`%timeit ${code}\nconst a = 1`).source).toBe(
      `await __tunelab.magic("timeit", ${JSON.stringify(code)}, ${made});\nconst a = 1`,
    );
  });
});

describe("TypeScript that runs once", () => {
  const call = (code: string) => `"time", ${JSON.stringify(code)}`;

  it.each([
    ["f(1) // fast?", "await __tunelab.magic(CALL, () => (f(1)));"],
    ["await f()", "await __tunelab.magic(CALL, async () => (await f()));"],
    ["const a = 1", "await __tunelab.begin(CALL); const a = 1; await __tunelab.end();"],
    [
      "const a = 1; type A = typeof a; a; // ?",
      "await __tunelab.begin(CALL); const a = 1; type A = typeof a; await __tunelab.end(a);",
    ],
    ["class A {}", "await __tunelab.begin(CALL); class A {}; await __tunelab.end();"],
  ])("%s declares for the notebook", (code, made) => {
    expect(split(`%time ${code}`).source).toBe(made.replace("CALL", call(code)));
  });
});

describe("where a magic's TypeScript was written", () => {
  /** Each name of the code: its place in what is compiled, put back, must be where the cell has it. */
  function placesOf(source: string, name: string) {
    const cell = split(source);
    const compiled = cell.source.split("\n");
    const line = compiled.findLastIndex((text) => text.includes(name)) + 1;
    const column = compiled[line - 1]?.lastIndexOf(name) ?? -1;
    const place = writtenPlace(cell.moved, { line, column });
    return source.split("\n")[place.line - 1]?.slice(place.column, place.column + name.length);
  }

  it.each([
    ["%timeit alpha(beta)", ["alpha", "beta"]],
    ["%timeit -n 10 alpha(beta) // remark", ["alpha", "beta"]],
    ["const x = 1\n  %time const alpha = 2; beta(gamma)", ["alpha", "beta", "gamma"]],
    ["%time const alpha = \\\n  beta(1); \\\n  gamma", ["alpha", "beta", "gamma"]],
    ["%board\nalpha", ["alpha"]],
  ])("is found again: %s", (source, names) => {
    for (const name of names) expect(placesOf(source, name)).toBe(name);
  });

  it("is the magic itself for what was put around it", () => {
    const { moved } = split("if (a) {\n  %board\n}");
    expect(writtenPlace(moved, { line: 2, column: 9 })).toEqual({ line: 2, column: 2 });
    expect(writtenPlace(moved, { line: 1, column: 9 })).toEqual({ line: 1, column: 9 });
  });
});

describe("cell magics", () => {
  it("of text leave nothing to compile", () => {
    expect(split("%%file a.ts\nnot ` TypeScript {\n")).toMatchObject({
      source: "\n\n",
      cellMagic: { name: "file", args: "a.ts", body: "not ` TypeScript {\n" },
      errors: [],
    });
  });

  it("of code keep their lines, and line magics in them", () => {
    expect(split("%%time\nconst a = 1\n%board").source).toBe(
      '\nconst a = 1\nawait __tunelab.magic("board", "");',
    );
    expect(split("%%capture out\n1").source).toBe("let out: string;\n1");
  });

  it("of an expression put it where it has its type, on its own lines", () => {
    const cell = split("%%sweep mnist\n// remark\nasync (trial) => {\n  return 1;\n};\n");
    expect(cell.source).toBe(
      "(\n// remark\nasync (trial) => {\n  return 1;\n} \n\n) satisfies (trial: Trial) => unknown;",
    );
    expect(split("%%sweep\nfunction objective(trial) {}").errors).toEqual([]);
    expect(split("%%sweep\nconst a = 1\nconst b = 2").errors).toEqual([
      {
        line: 1,
        message:
          "%%sweep requires one expression of type (trial: Trial) => unknown below its line, but was given 2 statements",
      },
    ]);
    expect(split("%%sweep x\n").errors[0]?.message).toMatch(/was given nothing/);
  });

  it("stand below blank lines and remarks only, and their lines keep their places", () => {
    expect(split("1\n%%time\n1").errors).toEqual([
      {
        line: 2,
        message: "%%time works on a whole cell: only blank lines and remarks may stand above it",
      },
    ]);
    const below = split("\n// slow?\n%%time\nconst a = 1\n%board");
    expect(below.errors).toEqual([]);
    expect(below.cellMagic).toEqual({ name: "time", args: "", body: "const a = 1\n%board" });
    expect(below.source).toBe('\n\n\nconst a = 1\nawait __tunelab.magic("board", "");');
    expect(below.lineMagics).toEqual([{ name: "board", args: "", line: 5 }]);
    expect(split("\n%%sweep s\n(trial) => 1").source).toMatch(/^\n\(\n\(trial\) => 1\n\) satisfies/);
    expect(split("\n\n%%tim\n1").errors).toMatchObject([{ line: 3 }]);
  });

  it.each([
    "%board;",
    "%board a;",
    "%board // all",
    "%board a // one; more",
    "%board --tags b;  // x",
    "%%time;\n1",
  ])("may end as a statement does: %s", (source) => {
    expect(split(source).errors).toEqual([]);
    expect(split(source).source).not.toMatch(/^%/);
  });
});

describe("mistakes", () => {
  it.each([
    ["%bord", "there is no magic %bord. Did you mean %board?"],
    ["%%tim\n1", "there is no magic %%tim. Did you mean %%time?"],
    ["%xyzzy", "there is no magic %xyzzy. %lsmagic lists them."],
    ["%file a", "%%file works on a whole cell: write it with two percent signs on the cell's first line"],
    ["%%board\n", "%board works on one line: write it with one percent sign"],
    ["%board --tag x", "%board has no option --tag. Did you mean --tags?"],
    ["%%file\n", "%%file requires file: "],
  ])("%j is told with the nearest right name", (source, message) => {
    expect(split(source).errors).toEqual([{ line: 1, message }]);
  });
});

describe("help", () => {
  it("is asked for with ? after a name or a magic", () => {
    expect(split("?%env\n??%%time").help).toEqual(["%env", "%%time"]);
    expect(split("const b = yes\n? no\n: 1")).toMatchObject({ help: [], source: "const b = yes\n? no\n: 1" });
    expect(split("const a = 1\na?\n%board?\nMath.max??\n%%time?")).toMatchObject({
      source: "const a = 1\n\n\n\n",
      help: ["a", "%board", "Math.max", "%%time"],
      errors: [],
    });
    expect(split("%%time?").help).toEqual(["%%time"]);
  });
});
