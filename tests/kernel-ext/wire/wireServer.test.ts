import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { Request } from "zeromq";
import type { Connection } from "../../../kernel-ext/wire/connection.js";
import type { WireServer } from "../../../kernel-ext/wire/wireServer.js";
import { root } from "../../../src/cli/checkout.js";

it("starts the heartbeat again when its thread ends", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-wire-"));
  const connection: Connection = {
    transport: "ipc",
    ip: join(folder, "s"),
    key: "k",
    shellPort: 1,
    iopubPort: 2,
    stdinPort: 3,
    controlPort: 4,
    heartbeatPort: 5,
  };
  // From the build, where its thread is.
  const built = pathToFileURL(join(root, "dist", "kernel-ext", "wire", "wireServer.js")).href;
  const { WireServer: Server } = (await import(built)) as { WireServer: typeof WireServer };
  const problems: string[] = [];
  const server = new Server(connection, {
    request: () => undefined,
    inputReply: () => undefined,
    problem: (text) => problems.push(text),
  });
  await server.start();
  await server.beat();
  (Reflect.get(server, "heartbeat") as { postMessage(word: string): void }).postMessage("stop");
  await expect.poll(() => problems).toEqual([expect.stringContaining("the heartbeat stopped")]);
  const client = new Request({ linger: 0, receiveTimeout: 60_000 });
  client.connect(`ipc://${folder}/s-5`);
  await client.send("ping");
  expect(String((await client.receive())[0])).toBe("ping");
  client.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});
