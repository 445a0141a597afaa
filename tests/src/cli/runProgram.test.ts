/** `tunelab run PROGRAM.ts`. It runs from dist/, so the build must be there. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";

const bin = join(import.meta.dirname, "../../../bin/tunelab.mjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "program-"));
});

function run(source: string, more: NodeJS.ProcessEnv = {}, ...options: string[]) {
  writeFileSync(join(folder, "program.ts"), source);
  const { TUNELAB_RUNS: _, ...env } = process.env;
  return spawnSync(process.execPath, [bin, "run", "program.ts", ...options], {
    encoding: "utf8",
    cwd: folder,
    env: { ...env, ...more },
  });
}

test("runs TypeScript with the library, wherever it lies, and its run keeps the source", () => {
  const source = `import { track } from "tunelab";
enum Step { First }
const run = await track({ name: "counted" });
run.log({ "train/loss": 0.5 }, Step.First);
await run.finish();
console.log(process.argv.length, run.name as string);
`;
  expect(run(source)).toMatchObject({ status: 0, stdout: "2 counted\n", stderr: "" });
  const [dir = ""] = readdirSync(join(folder, "runs"));
  expect(readFileSync(join(folder, "runs", dir, "code", "program.ts"), "utf8")).toBe(source);
});

test("ends what `using` and `await using` hold, at the top, in blocks and in imported files; knows decorators", () => {
  writeFileSync(
    join(folder, "part.ts"),
    `import { runs, track } from "tunelab";
export async function part(name: string): Promise<void> {
  await using run = track({ name });
  run.log({ a: 1 });
  console.log(statuses().join(", "));
}
export const statuses = () => runs({ sort: "name" }).rows.map(({ name, status }) => name + " " + status);
`,
  );
  const source = `import { track } from "tunelab";
import { part, statuses } from "./part.js";
/** @param value told, with \`accessor\` behind it */
function told<T extends new () => object>(value: T, { name }: ClassDecoratorContext): T {
  console.log("class", name);
  return value;
}
@told
class Rate { accessor value = 0.5; }
await part("awaited");
{
  using run = track({ name: "block" });
  run.log({ a: new Rate().value });
}
using whole = track({ name: "whole" });
whole.log({ a: 1 });
process.on("exit", () => console.log(statuses().join(", ")));
`;
  expect(run(source)).toMatchObject({
    status: 0,
    stdout: "class Rate\nawaited running\nawaited finished, block finished, whole finished\n",
    stderr: "",
  });
});

test("tells the line of what is thrown in a program with `using`", () => {
  const { stderr } = run(
    'interface Rate { value: number }\n{\n  using none = null;\n  throw new RangeError("late");\n}\n',
  );
  expect(stderr).toMatch(/^RangeError: late\n.*program\.ts:4:9\)?\n$/);
});

test("tells what was thrown with its line; the exit code is the program's", () => {
  const thrown = run('interface Rate { value: number }\n\nthrow new RangeError("no such rate");\n');
  expect(thrown.status).toBe(1);
  expect(thrown.stderr).toMatch(/^RangeError: no such rate\n.*program\.ts:3:7\)?\n$/);
  expect(run("process.exitCode = 3;").status).toBe(3);
});

test("shows no frames but the program's, with causes and properties; TUNELAB_TRACE shows all", () => {
  const source =
    'throw Object.assign(new Error("no rate", { cause: new TypeError("none given") }), { code: 5 });\n';
  const { stderr } = run(source);
  expect(stderr).toMatch(
    /^Error: no rate\n[^\n]*program\.ts:1:21\)? \{\n *code: 5,\n *\[cause\]: TypeError: none given\n[^\n]*program\.ts:1:\d+\)?\n\}\n$/,
  );
  expect(run(source, { TUNELAB_TRACE: "1" }).stderr).toMatch(/main\.(js|ts):\d/);
});

test("says of a program that is no TypeScript where and why, in one line", () => {
  expect(run("const ä = 1;\nconst x = ;\n")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^[^\n]*program\.ts:2:11: Unexpected token\n$/),
  });
});

test("tells any other SyntaxError with its class and line", () => {
  const { status, stderr } = run('const text: string = "{";\nJSON.parse(text);\n');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^SyntaxError: [^\n]*JSON[^\n]*\n(.*\n)*.*program\.ts:2:6\)?\n$/);
});

test("refuses options that are for notebooks", () => {
  const { status, stderr } = run("", {}, "--timeout", "3");
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^tunelab run takes --timeout for notebooks only; .*program\.ts is a program\n$/,
    ),
  });
});

test("refuses a file that is neither a program nor a notebook, before Jupyter does", () => {
  writeFileSync(join(folder, "notes.py"), "print(1)");
  const { TUNELAB_RUNS: _, ...env } = process.env;
  expect(
    spawnSync(process.execPath, [bin, "run", "notes.py"], { encoding: "utf8", cwd: folder, env }),
  ).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /^tunelab run needs a notebook \(\.ipynb\) or a program .*notes\.py is neither\n$/,
    ),
  });
});
