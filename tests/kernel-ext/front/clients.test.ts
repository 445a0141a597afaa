/** Several clients of one kernel, and clients that go. */
import { statSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

describe("two clients at once", () => {
  it("share the session; each gets its own replies, both all output", async () => {
    const other = await kernel.another();
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? other : kernel).start(`console.log('cell ${i}')`)),
    );
    for (const [i, id] of ids.entries()) {
      const run = await (i % 2 ? other : kernel).finished(id);
      expect(streamText(run)).toBe(`cell ${i}\n`);
      const text = () => (i % 2 ? kernel : other).below(id).find(({ type }) => type === "stream");
      expect((await kernel.until(text, "the output at the other client")).content.text).toBe(`cell ${i}\n`);
      expect((i % 2 ? kernel : other).replied.has(id)).toBe(false);
    }
    await kernel.execute("let shared = 'ours'");
    expect(resultText(await other.execute("shared"))).toBe("'ours'");
    await other.close();
  });

  it("ask only the client whose cell runs for input, and take it from no other", async () => {
    const other = await kernel.another();
    const id = await kernel.start("const answer = await input('Who? '); answer");
    await kernel.inputRequest();
    await other.send("input_reply", { value: "the other" }, "stdin");
    await sleep(100);
    expect(kernel.replied.has(id)).toBe(false);
    await kernel.send("input_reply", { value: "the one asked" }, "stdin");
    expect(resultText(await kernel.finished(id))).toBe("'the one asked'");
    await other.close();
  });

  it("are both told that the kernel goes", async () => {
    const one = await KernelClient.start();
    const other = await one.another();
    await one.request("shutdown_request", { restart: false }, "control");
    const said = await other.until(
      () => other.published.find(({ type }) => type === "shutdown_reply"),
      "word of the shutdown",
    );
    expect(said.content).toEqual({ status: "ok", restart: false });
    await other.close();
    await one.close();
  });
});

describe("a client that goes", () => {
  it("in the middle of its output leaves the kernel to the others", async () => {
    const other = await kernel.another();
    const id = await other.start(
      "for (let i = 0; i < 30_000; i++) console.log('x'.repeat(100)); globalThis.finished = 'all of it'",
    );
    await other.until(() => other.below(id).some(({ type }) => type === "stream"), "the first output");
    other.disconnect();
    await kernel.until(
      () => kernel.below(id).some(({ content }) => content.execution_state === "idle"),
      "the end of the cell",
    );
    expect(resultText(await kernel.execute("(globalThis as any).finished"))).toBe("'all of it'");
    expect(kernel.stderr).toBe("");
  });

  it("while it is asked for input does not keep the kernel: an interrupt ends its cell", async () => {
    const other = await kernel.another();
    const id = await other.start("await input('Anybody? ')");
    await other.inputRequest();
    other.disconnect();
    await kernel.request("interrupt_request", {}, "control");
    await kernel.until(
      () => kernel.below(id).some(({ content }) => content.execution_state === "idle"),
      "the end of the cell",
    );
    expect(resultText(await kernel.execute("1"))).toBe("1");
  });
});

it.skipIf(process.platform === "win32")(
  "makes ipc sockets for this user alone, and no mask for cells",
  async () => {
    const ipc = await KernelClient.start({ transport: "ipc" });
    // Its thread is up a little later than the sockets.
    await ipc.heartbeat();
    for (const channel of ["shell", "iopub", "stdin", "control", "heartbeat"] as const) {
      const file = ipc.address(channel).slice("ipc://".length);
      expect(statSync(file).mode & 0o777, channel).toBe(0o600);
    }
    const mask = process.umask();
    expect(resultText(await ipc.execute("process.umask()"))).toBe(String(mask));
    await ipc.close();
  },
);

it.runIf(process.platform === "linux")("listens on the connection file's address only", async () => {
  for (const channel of ["shell", "iopub", "stdin", "control", "heartbeat"] as const) {
    const port = Number(kernel.address(channel).split(":").at(-1));
    expect(await reachable(port, "127.0.0.1"), channel).toBe(true);
    // Another address of the same machine.
    expect(await reachable(port, "127.0.0.2"), channel).toBe(false);
  }
});

function reachable(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    const end = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}

it("parts from a client that announces a frame too large, and goes on for the others", async () => {
  const other = await kernel.another();
  await other.sendRaw("shell", [Buffer.alloc(160 * 1024 * 1024)]);
  expect(resultText(await kernel.execute("2"))).toBe("2");
  expect(kernel.alive).toBe(true);
  await other.close();
});
