import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { boardKinds } from "../../../src/base/boardKinds.js";
import { main } from "../../../src/cli/main.js";
import { opener } from "../../../src/cli/openBrowser.js";
import { boardCommand } from "../../../src/cli/verbs/board.js";
import { exampleRun, series } from "../board/exampleRuns.js";
import { writeRun } from "../board/writtenRuns.js";

const folder = mkdtempSync(join(tmpdir(), "board-verb-"));
const program = fileURLToPath(new URL("../../../bin/tunelab.mjs", import.meta.url));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

interface Serving {
  readonly child: ChildProcess;
  readonly url: string;
  /** The exit code, or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  complaint(): string;
}

/** `tunelab board --port …`, from the line with its address on; rejects where it ends before. */
async function serving(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Serving> {
  const child = spawn(process.execPath, [program, "board", "--port", "--dir", folder, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  children.push(child);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    complaint += text;
  });
  const ended: Serving["ended"] = new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      if (line.startsWith("http://")) resolve(line);
    });
    void ended.then((code) => reject(new Error(`it ended with ${code}: ${complaint}`)));
  });
  return { child, url, ended, complaint: () => complaint };
}

async function refused(...argv: string[]): Promise<{ code: number; complaint: string }> {
  let complaint = "";
  const code = await main(
    ["board", ...argv],
    () => {},
    (text) => {
      complaint += text;
    },
  );
  return { code, complaint };
}

test("a port must be one, and a page is served or written", async () => {
  for (const port of ["70000", "-1", "1.5"])
    expect(await refused(`--port=${port}`)).toEqual({
      code: 2,
      complaint: `--port needs a whole number from 0 to 65535; ${port} was given\n`,
    });
  expect((await refused("--port", "0", "--html", "board.html")).code).toBe(2);
  expect((await refused("--no-open", "--json")).complaint).toContain("--html");
});

test("--port serves all runs until it is interrupted", async () => {
  for (const name of ["a", "b"]) writeRun(exampleRun(name, { loss: series([1, 2]) }), folder);
  const { child, url, ended } = await serving(["--no-open"]);
  const { origin, searchParams } = new URL(url);
  expect(new URL(url).hostname).toBe("127.0.0.1");
  const labels = async () => {
    const headers = { "x-tunelab-token": searchParams.get("token") as string };
    const response = await fetch(`${origin}/ask/catalogue`, { method: "POST", headers, body: "{}" });
    return ((await response.json()) as { runs: { label: string }[] }).runs.map(({ label }) => label).sort();
  };
  await expect.poll(labels).toEqual(["a", "b"]);
  expect((await fetch(origin)).status).toBe(403);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("it ends with 1, and says why, when its server does", async () => {
  const [strike, preload] = [join(folder, "strike"), join(folder, "preload.cjs")];
  writeFileSync(
    preload,
    `const { isMainThread } = require("node:worker_threads");
if (!isMainThread) setInterval(() => {
  if (require("node:fs").existsSync(${JSON.stringify(strike)})) throw new Error("struck");
}, 50);`,
  );
  const { ended, complaint } = await serving(["--no-open"], { NODE_OPTIONS: `--require ${preload}` });
  writeFileSync(strike, "");
  expect(await ended).toBe(1);
  expect(complaint()).toMatch(/serve board: its thread has ended by itself, with code 1: struck/);
});

test.skipIf(process.platform !== "linux")(
  "the browser is given a file for its owner alone, and no program's arguments hold the token",
  async () => {
    const [programs, opened] = [join(folder, "programs"), join(folder, "opened")];
    mkdirSync(programs);
    writeFileSync(
      join(programs, "xdg-open"),
      `#!/bin/sh\nprintf '%s' "$*" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`,
      {
        mode: 0o755,
      },
    );
    const PATH = `${programs}${delimiter}${process.env.PATH}`;
    const { child, url, ended } = await serving([], { PATH });
    await expect.poll(() => existsSync(opened)).toBe(true);
    const given = readFileSync(opened, "utf8");
    expect(given).toMatch(/^file:\/\/\/\S+\.html$/);
    expect(given).not.toContain(new URL(url).searchParams.get("token") as string);
    const file = fileURLToPath(given);
    expect([file, dirname(file)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o700]);
    expect(readFileSync(file, "utf8")).toContain(`content="0; url=${url}"`);
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    expect(existsSync(dirname(file))).toBe(false);
  },
);

test("--kind names every kind there is", () => {
  expect(boardCommand.options?.kind?.description?.split(",")).toEqual([...boardKinds]);
});

test("each system opens an address in its own way, and none takes a part of it for a command", () => {
  const url = "http://127.0.0.1:1/?token=a&b=c";
  expect(opener(url, "linux")).toEqual(["xdg-open", url]);
  expect(opener(url, "darwin")).toEqual(["open", url]);
  expect(opener(url, "win32").at(-1)).toBe("http://127.0.0.1:1/?token=a^&b=c");
});
