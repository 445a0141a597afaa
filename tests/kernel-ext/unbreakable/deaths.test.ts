/** Cells that kill their session: told, with what was lost; a new session follows, the heartbeat goes on. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readRun } from "../../../src/track/index.js";
import { strain } from "../heartbeatProbe.js";
import { KernelClient, resultText, streamText } from "../kernelClient.js";
import { load } from "../load.js";

/** Milliseconds for a heartbeat. */
const beat = 50;

let kernel: KernelClient;
let temporary: string;
beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), "tunelab-deaths-"));
  kernel = await KernelClient.start({
    env: { NODE_OPTIONS: "--max-old-space-size=200", TMPDIR: temporary },
  });
  await kernel.execute("%typecheck off");
});
afterAll(async () => {
  await kernel.close();
  rmSync(temporary, { recursive: true, force: true });
});

const readNull = `import koffi from "koffi";
koffi.decode(1n, "int")`;

describe("a session ended by", () => {
  it.each([
    ["process.exit", "process.exit(7)", "exit code 7, by process.exit"],
    ["process.abort", "process.abort()", "signal SIGABRT"],
    ["native code that reads address 1", readNull, "signal SIGSEGV"],
    [
      "itself, behind what V8 says of what it cannot hold",
      'require("fs").writeSync(2, "# Fatal JavaScript invalid size error 5\\n"); process.reallyExit(3)',
      "ended (exit code 3)",
    ],
    ["SIGKILL", "process.kill(process.pid, 'SIGKILL'); for (;;) {}", "signal SIGKILL"],
    [
      "a full heap, in a callback",
      "await new Promise(() => setTimeout(() => { const held = []; for (;;) held.push(new Array(1e5).fill(1)) }))",
      "out of memory: its JavaScript heap was full. Start Jupyter with NODE_OPTIONS=--max-old-space-size=",
    ],
    [
      "process.exit that native libraries hold up",
      `process.on("exit", () => {
        for (const channel of [3, 4, 5]) require("fs").closeSync(channel);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
      });
      process.exit(2)`,
      "exit code 2, by process.exit",
    ],
  ])("%s is told with the names that were lost", async (_what, code, how) => {
    await kernel.execute("let alpha = 1, beta = 2; function gamma() {} class Delta {}; interface Type {}");
    const end = await kernel.probeHeartbeat();
    const { reply, messages } = await kernel.execute(code);
    const { most, idle } = await end();
    expect(reply).toMatchObject({
      status: "error",
      ename: "SessionEnded",
      execution_count: expect.any(Number),
    });
    expect(reply.evalue).toContain(how);
    expect(reply.evalue).toMatch(/variables are lost \(.*alpha, beta, gamma, Delta.*\)/);
    expect(reply.evalue).not.toContain("Type");
    expect(streamText({ reply, messages, milliseconds: 0 }, "stderr")).not.toContain("Last few GCs");
    expect(messages.filter(({ type }) => type === "error").length).toBe(1);
    expect(most, `an idle echo: ${idle} ms`).toBeLessThan(beat * load + strain * idle);
    // Declared anew, without a word of what was before.
    expect(resultText(await kernel.execute("const alpha = 'new'; alpha"))).toBe("'new'");
  });
});

it("names the runs that a death cut short, which are shown as killed", async () => {
  const { reply } = await kernel.execute(
    "import { track } from 'tunelab'; track({ name: 'half-done' }); process.kill(process.pid, 'SIGKILL'); for (;;) {}",
  );
  expect(reply.evalue).toContain("cut short: run half-done. A new session is ready");
  const [folder = ""] = readdirSync(join(kernel.folder, "runs"));
  expect(readRun(join(kernel.folder, "runs", folder)).status).toBe("killed");
  // Nothing is open any more: the next death is not told of it.
  expect((await kernel.execute("process.abort()")).reply.evalue).not.toContain("half-done");
});

it("survives an unhandled rejection and a throw in a callback, variables kept", async () => {
  await kernel.execute("let kept = 42");
  await kernel.execute(
    "Promise.reject(new Error('nobody waits')); setTimeout(() => { throw new Error('late') }); 0",
  );
  await kernel.execute("await new Promise((go) => setTimeout(go, 50))");
  expect(resultText(await kernel.execute("kept"))).toBe("42");
});

it.skipIf(process.platform === "win32")("lets no other user read what it writes for itself", async () => {
  // A sweep's workers are made with it: their start may need files.
  const sweep = await kernel.start(
    "%%sweep small --trials 2 --minimize --parallel 2\n(trial) => trial.suggestFloat('x', 0, 1)",
  );
  expect((await kernel.finished(sweep)).reply.status).toBe("ok");
  const history = join(kernel.folder, "history");
  expect(existsSync(history)).toBe(true);
  for (const folder of [history, temporary]) {
    expect(statSync(folder).mode & 0o777, folder).toBe(0o700);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      // A worker that is ending takes its own away.
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      if (found) expect(found.mode & 0o077, name).toBe(0);
    }
  }
});
