import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { main } from "../../../src/cli/main.js";
import { opener } from "../../../src/cli/openBrowser.js";
import { exampleRun, series } from "../board/exampleRuns.js";
import { writeRun } from "../board/writtenRuns.js";

const folder = mkdtempSync(join(tmpdir(), "board-verb-"));
const program = fileURLToPath(new URL("../../../bin/tunelab.mjs", import.meta.url));
let child: ChildProcess | undefined;
afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

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
  child = spawn(process.execPath, [program, "board", "--port", "--no-open", "--dir", folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const served = child;
  const ended = new Promise((resolve) => served.once("exit", (code, signal) => resolve(signal ?? code)));
  const url = await new Promise<string>((resolve) =>
    served.stdout?.once("data", (text) => resolve(String(text).trim())),
  );
  const { origin, searchParams } = new URL(url);
  expect(new URL(url).hostname).toBe("127.0.0.1");
  const labels = async () => {
    const headers = { "x-tunelab-token": searchParams.get("token") as string };
    const response = await fetch(`${origin}/ask/catalogue`, { method: "POST", headers, body: "{}" });
    return ((await response.json()) as { runs: { label: string }[] }).runs.map(({ label }) => label).sort();
  };
  await expect.poll(labels).toEqual(["a", "b"]);
  expect((await fetch(origin)).status).toBe(403);
  served.kill("SIGINT");
  expect(await ended).toBe(0);
});

test("each system opens an address in its own way, and none takes a part of it for a command", () => {
  const url = "http://127.0.0.1:1/?token=a&b=c";
  expect(opener(url, "linux")).toEqual(["xdg-open", url]);
  expect(opener(url, "darwin")).toEqual(["open", url]);
  expect(opener(url, "win32").at(-1)).toBe("http://127.0.0.1:1/?token=a^&b=c");
});
