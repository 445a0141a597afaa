/** Output without bounds: the cell ends, the person is told what was left out, the kernel's memory stays. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";
import { family, residentMegabytes } from "./processes.js";

/** By how much the front may grow through any flood, in MB. */
const growth = 200;
/** The session too, beside the values of the cell's own. */
const sessionGrowth = 150;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.execute("%typecheck off");
});
afterAll(() => kernel.close());

interface Watched extends Execution {
  /** By how much the front grew at most, in MB. */
  readonly peak: number;
  readonly sessionPeak: number;
}

const isLinux = process.platform === "linux";

function sessionPid(): number {
  return family(kernel.pid).find(({ command }) => command.includes("session/main.js"))?.pid ?? Number.NaN;
}

/** Runs a cell and watches the memory of front and session meanwhile. Times and growth are printed: they are worth knowing. */
async function watched(what: string, code: string): Promise<Watched> {
  const pids = isLinux ? [kernel.pid, sessionPid()] : [];
  const before = pids.map(residentMegabytes);
  const peaks = [...before];
  const watch = setInterval(() => {
    for (const [i, pid] of pids.entries()) peaks[i] = Math.max(peaks[i] as number, residentMegabytes(pid));
  }, 10);
  try {
    const run = await kernel.finished(await kernel.start(code), performance.now(), 150_000);
    const [peak = 0, sessionPeak = 0] = peaks.map((most, i) => most - (before[i] as number));
    console.log(
      `${what}: ${Math.round(run.milliseconds)} ms, the front grew by ${Math.round(peak)} MB, the session by ${Math.round(sessionPeak)} MB`,
    );
    return { ...run, peak, sessionPeak };
  } finally {
    clearInterval(watch);
  }
}

describe.skipIf(!isLinux)("a gigabyte", () => {
  it.each([
    ["in lines", "const line = 'y'.repeat(1e6); for (let i = 0; i < 1000; i++) console.log(line); 'done'"],
    ["in short lines", "for (let i = 0; i < 1e7; i++) console.log('y'.repeat(99)); 'done'"],
    ["in three prints", "for (let i = 0; i < 3; i++) console.log('y'.repeat(333e6)); 'done'"],
    ["of a command's", "!yes | head -c 1000000000\n'done'"],
    [
      "of native code's",
      "require('child_process').execSync(\"yes | head -c 1000000000\", { stdio: 'inherit' }); 'done'",
    ],
  ])("%s is cut, told, and does not stay in the front", async (what, code) => {
    const run = await watched(what, code);
    expect(run.reply.status).toBe("ok");
    expect(resultText(run)).toBe("'done'");
    expect(streamText(run).length).toBe(16 * 1024 * 1024);
    expect(streamText(run, "stderr")).toContain("more than 16 MB");
    expect(run.peak).toBeLessThan(growth);
    // A text of 333 MB is the session's to make.
    expect(run.sessionPeak).toBeLessThan(what === "in three prints" ? 333 * 5 : sessionGrowth);
  });
});

it("shows what a cell writes after it has cleared more than may be shown at a time", async () => {
  const run = await watched(
    "40 MB, cleared again and again",
    "for (let i = 0; i < 40; i++) {\n%clear --wait\nconsole.log('z'.repeat(1024 * 1024));\n}\n%clear\nconsole.log('LAST')",
  );
  expect(run.reply.status).toBe("ok");
  const cleared = run.messages.findLastIndex(({ type }) => type === "clear_output");
  expect(run.messages.filter(({ type }) => type === "clear_output").length).toBe(41);
  const after = { ...run, messages: run.messages.slice(cleared) };
  expect(streamText(after)).toBe("LAST\n");
  expect(streamText(run, "stderr")).toBe("");
  if (isLinux) expect(Math.max(run.peak, run.sessionPeak)).toBeLessThan(growth);
});

it("shows 100,000 prints of one tick whole and in order, idle last", async () => {
  const run = await watched("100,000 prints", "for (let i = 0; i < 100_000; i++) console.log(i);");
  expect(streamText(run)).toBe(Array.from({ length: 100_000 }, (_, i) => `${i}\n`).join(""));
  expect(run.messages.at(-1)).toMatchObject({ type: "status", content: { execution_state: "idle" } });
  expect(run.messages.filter(({ type }) => type === "status").length).toBe(2);
});

it("shows a picture of 50 MB as it is", async () => {
  const run = await watched(
    "a picture of 50 MB",
    "({ toMimeBundle: () => ({ 'image/png': 'A'.repeat(50e6), 'text/plain': 'large' }) })",
  );
  expect(run.reply.status).toBe("ok");
  const results = run.messages.filter(({ type }) => type === "execute_result");
  const pictures = results.map(({ content }) => (content.data as { "image/png": string })["image/png"]);
  expect(pictures.map(({ length }) => length)).toEqual([50e6]);
});

it("lives through displays of 500 MB", async () => {
  const run = await watched(
    "displays of 500 MB",
    "import * as tslab from 'tslab'; for (let i = 0; i < 500; i++) tslab.display.html('x'.repeat(1e6)); 1",
  );
  expect(run.reply.status).toBe("ok");
  expect(run.messages.filter(({ type }) => type === "display_data").length).toBe(500);
});

it.skipIf(!isLinux)(
  "keeps nothing for a client that has stopped reading, and loses nothing for one that reads",
  async () => {
    const stopped = new Subscriber({ linger: 0, receiveHighWaterMark: 10 });
    stopped.connect(kernel.address("iopub"));
    stopped.subscribe();
    const welcomed = kernel.published.length;
    await kernel.until(() => kernel.published.length > welcomed, "the other's welcome");
    const run = await watched(
      "250 MB for a client that has stopped",
      "import * as tslab from 'tslab'; for (let i = 0; i < 250; i++) tslab.display.html('x'.repeat(1e6)); 1",
    );
    stopped.close();
    expect(run.reply.status).toBe("ok");
    expect(run.messages.filter(({ type }) => type === "display_data").length).toBe(250);
    await kernel.until(() => kernel.stderr.includes("a client has stopped reading"), "word of it");
    expect(run.peak).toBeLessThan(growth);
  },
);

it("refuses a display of 400 MB", async () => {
  const run = await watched(
    "a display of 400 MB",
    "import * as tslab from 'tslab'; tslab.display.html('x'.repeat(4e8)); 1",
  );
  expect(run.reply).toMatchObject({
    status: "error",
    ename: "RangeError",
    evalue: "what a cell shows at once is at most 100 MB, got 400 MB",
  });
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});

it.each([
  ["that a cell throws", "throw new Error('e'.repeat(16e6))"],
  ["in the name", "throw Object.assign(new Error('short'), { name: 'e'.repeat(16e6) })"],
  ["of a cause", "throw new Error('outer', { cause: new Error('e'.repeat(16e6)) })"],
  ["of no error", "throw Array.from({ length: 90 }, () => 'e'.repeat(9000))"],
  ["in lines", "throw new Error('e\\n'.repeat(8e6))"],
])("cuts an error's text of megabytes %s", async (what, code) => {
  const run = await watched(`an error's text ${what}`, code);
  expect(run.reply.status).toBe("error");
  expect(String(run.reply.ename).length + String(run.reply.evalue).length).toBeLessThan(200_000);
  const text = (run.reply.traceback as string[]).join("\n");
  expect(text.length).toBeLessThan(350_000);
  expect(text).toMatch(/\n… \d+ more characters/);
});

it("cuts the text of an error that nothing waits for", async () => {
  const run = await watched(
    "a late error of 16 MB",
    "setTimeout(() => { throw new Error('e'.repeat(16e6)) }); await new Promise((go) => setTimeout(go, 500)); 'done'",
  );
  expect(resultText(run)).toBe("'done'");
  expect(streamText(run, "stderr")).toMatch(/^Uncaught: Error: e+\n… \d+ more characters\n/);
  expect(streamText(run, "stderr").length).toBeLessThan(250_000);
});

it("counts the failed promises of a flood, and runs the next cell at once", async () => {
  const run = await watched(
    "100,000 failed promises",
    "for (let i = 0; i < 100_000; i++) void Promise.reject(new Error('flood ' + i)); 'done'",
  );
  expect(resultText(run)).toBe("'done'");
  expect(resultText(await kernel.execute("'next'"))).toBe("'next'");
  const text = () =>
    kernel.published
      .filter(({ type, content }) => type === "stream" && content.name === "stderr")
      .map(({ content }) => content.text)
      .join("");
  await kernel.until(() => text().includes("more errors that nothing waited for"), "their count");
  expect(text()).toContain("flood 0");
  expect(text()).not.toContain("flood 5000");
});

it.skipIf(!isLinux)("keeps nothing of a large message that it refuses", async () => {
  const stranger = new Dealer({ linger: 0 });
  stranger.connect(kernel.address("shell"));
  const before = residentMegabytes(kernel.pid);
  const already = kernel.stderr.length;
  await stranger.send(Array.from({ length: 12 }, () => Buffer.alloc(30e6, 1)));
  const refused = () => kernel.stderr.slice(already).includes("a message was refused");
  await kernel.until(refused, "the refusal");
  // Freed a little later, without any further message.
  await expect.poll(() => residentMegabytes(kernel.pid) - before).toBeLessThan(100);
  stranger.close();
  expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
});
