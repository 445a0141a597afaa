/** A kernel under hostile messages. TUNELAB_FUZZ sets how many, TUNELAB_FUZZ_SEED the seed. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { strain } from "../heartbeatProbe.js";
import { KernelClient, type Received, resultText } from "../kernelClient.js";
import { type Hostile, HostileMessages, seeded } from "./hostileMessages.js";

const total = Number(process.env.TUNELAB_FUZZ ?? 100_000);
const seed = Number(process.env.TUNELAB_FUZZ_SEED ?? 20_261_124);
const batch = 100;

const python = join(import.meta.dirname, "../../../.venv-test/bin/python");

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

async function send({ channel, parts, frames = [] }: Hostile): Promise<void> {
  await kernel.sendRaw(channel, parts ? kernel.sign(parts) : [...frames]);
}

it(`lives through ${total} hostile messages, obeys none, answers what it must by the schema`, {
  timeout: 60_000 + total * 20,
}, async () => {
  const endProbe = await kernel.probeHeartbeat();
  const messages = new HostileMessages(seeded(seed), "fuzz");
  const expected = new Map<string, string>();
  for (let sent = 0; sent < total; sent += batch) {
    const answers: string[] = [];
    for (let i = 0; i < Math.min(batch, total - sent); i++) {
      const message = messages.next();
      await send(message);
      if (!message.answer) continue;
      answers.push(message.answer.id);
      expected.set(message.answer.id, message.answer.type);
    }
    const missing = () => answers.filter((id) => !kernel.replied.has(id)).map((id) => expected.get(id));
    await kernel
      .until(() => missing().length === 0, `replies (seed ${seed})`)
      .catch((error: unknown) => {
        throw new Error(`after ${sent} messages these were not answered: ${missing()}`, { cause: error });
      });
  }
  const { count, most, idle } = await endProbe();
  expect(resultText(await kernel.execute("(globalThis as { obeyed?: true }).obeyed ?? 'kept'"))).toBe(
    "'kept'",
  );
  expect(await kernel.heartbeat()).toBeLessThan(1000);
  for (const [id, type] of expected) expect(kernel.replied.get(id)?.type).toBe(type);
  const replies = [...kernel.replied.values()];
  expect(new Set(replies.map(({ content }) => content.status))).toEqual(
    new Set(["ok", "error", "complete", "incomplete", "invalid", "unknown"]),
  );
  expect(replies.length).toBe(kernel.replyCount);
  expect(kernel.stderr).toContain("a message was refused");
  expect(kernel.stderr).not.toContain("the kernel failed");
  expect(most, `98 % of ${count} heartbeats; an idle echo: ${idle} ms`).toBeLessThan(50 + strain * idle);
  if (existsSync(python) || process.env.CI) {
    const { valid, wrong } = validate([...replies, ...kernel.published]);
    expect(wrong).toBe("");
    expect(valid).toBeGreaterThan(expected.size);
  }
});

/** By the schemas of jupyter_kernel_test. */
function validate(messages: readonly Received[]): { valid: number; wrong: string } {
  const lines = messages.map(({ header, parent, metadata, content }) =>
    JSON.stringify({ header, parent_header: parent, metadata, content }),
  );
  const { stdout, stderr } = spawnSync(python, [join(import.meta.dirname, "validate_messages.py")], {
    input: `${lines.join("\n")}\n`,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { valid: Number(stdout), wrong: stderr.slice(0, 2000) };
}
