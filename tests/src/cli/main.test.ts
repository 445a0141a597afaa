import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "../../../src/cli/commands.js";
import { main } from "../../../src/cli/main.js";

async function run(...argv: string[]) {
  let out = "";
  let complaint = "";
  const code = await main(
    argv,
    (text) => {
      out += text;
    },
    (text) => {
      complaint += text;
    },
  );
  return { code, out, complaint };
}

test("every verb of the design is there and has help", async () => {
  const names = commands.map(({ name }) => name);
  expect(names).toEqual([
    "setup",
    "lab",
    "kernel install",
    "run",
    "sweep",
    "board",
    "runs",
    "compare",
    "best",
    "doctor",
    "export",
    "import",
  ]);
  for (const name of names) {
    const { code, out } = await run(...name.split(" "), "--help");
    expect(code).toBe(0);
    expect(out).toContain(`tunelab ${name}`);
  }
});

test("the overview lists the verbs", async () => {
  const { code, out } = await run("--help");
  expect(code).toBe(0);
  for (const { name, summary } of commands)
    expect(out).toMatch(new RegExp(`${name}\\s+${summary.slice(0, 20)}`));
});

test("says its version, and the verbs that begin with a word", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, complaint: "" });
  const { code, out } = await run("kernel", "--help");
  expect(code).toBe(0);
  expect(out).toMatch(/^ {2}kernel install +Make the kernel known/m);
  expect(out).not.toContain("board");
  expect(await run("kernel")).toMatchObject({ code: 2 });
});

test("the board's scale is checked at the door", async () => {
  expect(await run("board", "--y", "cubic")).toMatchObject({
    code: 2,
    complaint: 'board needs y to be auto, linear or log; it was given "cubic"\n',
  });
});

test("misuse has exit code 2 and one line, failure exit code 1", async () => {
  expect(await run("dance")).toMatchObject({
    code: 2,
    complaint: expect.stringMatching(/^tunelab has no verb "dance".*\n$/),
  });
  expect(await run("board", "--smoothing", "3")).toMatchObject({
    code: 2,
    complaint: expect.stringMatching(/0\.999/),
  });
  expect(await run("doctor", "no-such-run")).toMatchObject({ code: 1 });
});

test("a value that begins with a dash is held to what its option takes", async () => {
  expect(await run("sweep", import.meta.filename, "--minimize", "--trials", "-3")).toMatchObject({
    code: 2,
    complaint: "trials needs a whole number of 1 or more; it was given -3\n",
  });
  expect(await run("board", "--smoothing", "-1")).toMatchObject({
    code: 2,
    complaint: expect.stringMatching(/0\.999.*-1/),
  });
  expect(await run("runs", "--limit", "-3")).toMatchObject({
    code: 2,
    complaint: "list runs: limit must be a whole number of at least 1; got -3\n",
  });
  expect(await run("runs", "--sort", "--json")).toMatchObject({
    code: 2,
    complaint: "--sort needs a value; the option --json stands in its place\n",
  });
});

test("names the nearest verb, option and run, and none where none is near", async () => {
  expect((await run("bord")).complaint).toBe('tunelab has no verb "bord". Did you mean board?\n');
  expect((await run("sweep", "x.ts", "--trails", "3")).complaint).toBe(
    "tunelab sweep: Unknown option '--trails'; did you mean --trials?\n",
  );
  expect((await run("run", "--nosuch")).complaint).toMatch(/; see tunelab run --help\n$/);
  const { code, complaint } = await run("doctor", "zzzzzzzz");
  expect(code).toBe(1);
  expect(complaint).not.toMatch(/the nearest/);
});
