import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

describe("a session that dies", () => {
  it.each([
    ["process.exit(3)", "exit code 3"],
    ["process.kill(process.pid, 'SIGSEGV')", "signal SIGSEGV"],
    ["process.abort()", "signal SIGABRT"],
  ])("of %s is told, and replaced", async (code, how) => {
    await kernel.execute("let before = 1");
    const { reply, messages } = await kernel.execute(`console.log('last words'); ${code}`);
    expect(reply).toMatchObject({ status: "error", ename: "SessionEnded" });
    expect(reply.evalue).toContain(how);
    expect(reply.evalue).toContain("variables are lost");
    expect(messages.filter(({ type }) => type === "error").length).toBe(1);
    expect(streamText({ reply, messages, milliseconds: 0 })).toBe("last words\n");
    expect(kernel.alive).toBe(true);
    expect((await kernel.execute("before")).reply).toMatchObject({
      status: "error",
      ename: "TypeScriptError",
    });
    expect(resultText(await kernel.execute("1 + 1"))).toBe("2");
  });

  it("while nothing runs is told below the last cell", async () => {
    const gate = kernel.gate();
    const id = await kernel.start(`void ${gate.code}.then(() => process.exit(4)); 1`);
    expect((await kernel.finished(id)).reply.status).toBe("ok");
    gate.open();
    const told = await kernel.until(
      () => kernel.below(id).find(({ type, content }) => type === "stream" && content.name === "stderr"),
      "word of the death",
    );
    expect(told.content.text).toContain("exit code 4");
    expect(resultText(await kernel.execute("2"))).toBe("2");
  });

  it("through a full heap is told, and replaced", async () => {
    const small = await KernelClient.start({ env: { NODE_OPTIONS: "--max-old-space-size=80" } });
    const id = await small.start(
      "const held: number[][] = []; for (;;) held.push(new Array(1e5).fill(held.length))",
    );
    const { reply } = await small.finished(id);
    expect(reply).toMatchObject({ status: "error", ename: "SessionEnded" });
    expect(resultText(await small.execute("3"))).toBe("3");
    await small.close();
  });
});

it("survives a stack overflow with its variables", async () => {
  await kernel.execute("let kept = 7");
  const { reply } = await kernel.execute("function deep(): number { return deep() + 1; } deep()");
  expect(reply).toMatchObject({ status: "error", ename: "RangeError" });
  expect(resultText(await kernel.execute("kept"))).toBe("7");
});

it.each([
  ["throws what cannot be shown", "throw new Proxy({}, { getPrototypeOf() { throw 1 } })"],
  [
    "awaits what fails with such a value",
    "await Promise.reject(new Proxy({}, { getPrototypeOf() { throw 1 } }))",
  ],
  [
    "awaits what fails with an error whose stack throws",
    "await Promise.reject(Object.defineProperty(new Error('a'), 'stack', { get() { throw 1 } }))",
  ],
])("ends a cell that %s", async (_what, code) => {
  const id = await kernel.send("execute_request", { code, silent: false });
  const { reply } = await kernel.finished(id);
  expect(reply.status).toBe("error");
  expect(resultText(await kernel.execute("1"))).toBe("1");
});

it("answers heartbeats while a cell loops and while output floods", async () => {
  const id = await kernel.start("for (;;) console.log('x'.repeat(1000))");
  await kernel.until(() => kernel.below(id).some(({ type }) => type === "stream"), "the first print");
  // How soon, heartbeat.test.ts says.
  for (let beat = 0; beat < 30; beat++) {
    await kernel.heartbeat();
    await sleep(20);
  }
  expect(kernel.replied.has(id)).toBe(false);
  await kernel.request("interrupt_request", {}, "control");
  expect((await kernel.finished(id)).reply.ename).toBe("KeyboardInterrupt");
});

it("bounds the output of one cell and says so", async () => {
  const id = await kernel.start(
    "const line = 'y'.repeat(1e6) + '\\n'; for (let i = 0; i < 40; i++) process.stdout.write(line); 'done'",
  );
  const run = await kernel.finished(id);
  expect(streamText(run).length).toBe(16 * 1024 * 1024);
  expect(streamText(run, "stderr")).toContain("more than 16 MB");
  expect(resultText(run)).toBe("'done'");
});

describe("messages that must not be obeyed", () => {
  it.each<[string, (frames: Buffer[]) => Buffer[]]>([
    [
      "a wrong signature",
      ([delimiter, , ...parts]) => [delimiter, Buffer.from("0".repeat(64)), ...parts] as Buffer[],
    ],
    ["no signature", ([delimiter, , ...parts]) => [delimiter, Buffer.from(""), ...parts] as Buffer[]],
    ["a changed content", (frames) => [...frames.slice(0, -1), Buffer.from('{"code":"console.log(666)"}')]],
    ["no delimiter", (frames) => frames.slice(1)],
    ["missing parts", (frames) => frames.slice(0, 3)],
    ["nothing at all", () => [Buffer.from("")]],
  ])("%s is refused, logged and not executed", async (_what, tamper) => {
    const before = kernel.stderr.length;
    const id = await kernel.send("execute_request", { code: "console.log(666)", silent: false }, "shell", {
      tamper,
    });
    await kernel.until(() => kernel.stderr.slice(before).includes("a message was refused"), "the log");
    expect(resultText(await kernel.execute("1"))).toBe("1");
    expect(kernel.below(id)).toEqual([]);
    expect(kernel.published.some(({ content }) => String(content.text).includes("666"))).toBe(false);
  });

  it("a message sent twice is executed once", async () => {
    await kernel.execute("let times = 0");
    let frames: Buffer[] = [];
    const id = await kernel.send("execute_request", { code: "times++", silent: true }, "shell", {
      tamper: (sent) => {
        frames = sent;
        return sent;
      },
    });
    await kernel.send("execute_request", {}, "shell", { tamper: () => frames });
    await kernel.finished(id);
    expect(resultText(await kernel.execute("times"))).toBe("1");
  });
});

it("tells of a session that a silent cell ended, below the last cell that was not", async () => {
  const other = await KernelClient.start();
  try {
    const seen = await other.start("const kept = 1");
    await other.finished(seen);
    const { reply } = await other.execute(
      "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})",
      {
        silent: true,
      },
    );
    expect(reply).toMatchObject({ status: "error", ename: "SessionEnded" });
    const told = other.below(seen).filter(({ type }) => type === "stream");
    expect(told.map(({ content }) => content.text).join("")).toContain(String(reply.evalue));
  } finally {
    await other.close();
  }
});

it("works over ipc, and ends cleanly", async () => {
  const other = await KernelClient.start({ transport: "ipc" });
  expect(resultText(await other.execute("6 * 7"))).toBe("42");
  expect(await other.heartbeat()).toBeLessThan(5_000);
  await other.close();
  expect(other.exitCode).toBe(0);
});

it("restarts on shutdown with restart, and says so before it goes", async () => {
  const other = await KernelClient.start();
  const reply = await other.request("shutdown_request", { restart: true }, "control");
  expect(reply.content).toEqual({ status: "ok", restart: true });
  await other.until(() => !other.alive, "the end of the process");
  await other.close();
});

it.each(["for (;;) {}", "await new Promise(() => {})"])(
  "leaves no session behind when it is killed during %s",
  async (code) => {
    const other = await KernelClient.start();
    const id = await other.start(`console.log(process.pid); ${code}`);
    const printed = await other.until(
      () => other.below(id).find(({ type }) => type === "stream"),
      "the session's process id",
    );
    const session = Number(printed.content.text);
    process.kill(other.pid, "SIGKILL");
    await other.until(() => !isAlive(session), "the end of the session");
    await other.close();
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
