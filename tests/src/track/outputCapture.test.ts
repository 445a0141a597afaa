import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporaryFolder.js";

const library = JSON.stringify(join(import.meta.dirname, "../../../dist/src/track/track.js"));
const host = (name: string) => JSON.stringify(join(import.meta.dirname, `../../../dist/src/base/${name}.js`));

/** Runs a program with `track` and `dir` in a process of its own; what it printed, and its runs' logs by name. */
function run(program: string, environment: NodeJS.ProcessEnv = {}) {
  const dir = temporaryFolder();
  const source = `
    import { track } from ${library};
    import { installHost } from ${host("host")};
    import { terminalHost } from ${host("terminalHost")};
    installHost(terminalHost());
    const dir = process.argv[1];
    ${program}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", source, dir], {
    encoding: "utf8",
    env: { ...process.env, ...environment },
  });
  const logs = Object.fromEntries(
    readdirSync(dir).map((folder) => {
      const { name } = JSON.parse(readFileSync(join(dir, folder, "run.json"), "utf8"));
      const file = join(dir, folder, "output.log");
      return [name, existsSync(file) ? readFileSync(file, "utf8") : undefined];
    }),
  );
  return { status, stdout, stderr, logs };
}

test("each open run has what was printed while it was open, and the person all of it", () => {
  const { status, stdout, stderr, logs } = run(`
    console.log("before");
    const first = track({ name: "first", dir });
    console.log("one", { a: 1 });
    const second = track({ name: "second", dir });
    track({ name: "silent", dir, output: false });
    console.error("two");
    process.stdout.write(Buffer.from("thr"), () => console.log("called back"));
    process.stdout.write("656565", "hex");
    process.stdout.write("\\n");
    await new Promise((done) => setTimeout(done, 50));
    first.finish();
    console.log("four");
    second.finish();
    console.log("after", Object.hasOwn(process.stdout, "write"), Object.hasOwn(process.stderr, "write"));`);
  expect([status, stderr]).toEqual([0, "two\n"]);
  expect(stdout).toBe("before\none { a: 1 }\nthreee\ncalled back\nfour\nafter false false\n");
  expect(logs).toEqual({
    first: "one { a: 1 }\ntwo\nthreee\ncalled back\n",
    second: "two\nthreee\ncalled back\nfour\n",
    silent: undefined,
  });
});

test("is on disk when the process is killed, without the secrets of its environment", () => {
  const { stdout, logs } = run(
    `track({ name: "killed", dir });
    console.log("the key is " + process.env.SERVICE_API_KEY);
    console.log("last words");
    process.kill(process.pid, "SIGKILL");`,
    { SERVICE_API_KEY: "open-sesame-1234" },
  );
  expect(stdout).toContain("open-sesame-1234");
  expect(logs.killed).toBe("the key is ***\nlast words\n");
});

test("leaves another's replacement of write as it is, and errors of write too", () => {
  const { status, stdout, logs } = run(`
    const run = track({ name: "run", dir });
    const before = process.stdout.write;
    process.stdout.write = function (chunk, ...rest) { return before.call(this, "> " + chunk, ...rest); };
    const theirs = process.stdout.write;
    console.log("a");
    try { before.call(process.stdout, 3); } catch (error) { console.log(error.code); }
    run.finish();
    console.log("b", process.stdout.write === theirs);`);
  expect(status).toBe(0);
  expect(stdout).toBe("> a\n> ERR_INVALID_ARG_TYPE\n> b true\n");
  expect(logs.run).toBe("> a\n> ERR_INVALID_ARG_TYPE\n");
});

test("a warning about the log itself is printed once, and never goes round", () => {
  const { status, stderr, logs } = run(`
    import { rmSync } from "node:fs";
    const run = track({ name: "run", dir });
    const other = track({ name: "other", dir });
    // A folder in the place of the log.
    (await import("node:fs")).mkdirSync(run.dir + "/output.log");
    console.log("x");
    console.log("y");
    rmSync(run.dir + "/output.log", { recursive: true });`);
  expect(status).toBe(0);
  expect(stderr.match(/output is not kept any more: EISDIR/g)).toHaveLength(1);
  expect(logs).toEqual({ run: undefined, other: "x\ny\n" });
});
