/** The same seed gives the same weights to the last bit, where as many threads share the work. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const program = fileURLToPath(new URL("./repeats.mjs", import.meta.url));

/** Hashes of the weights that several kinds of nets end with. */
async function weights(seed: number, threads: number): Promise<Record<string, string>> {
  const env = {
    ...process.env,
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
  };
  const child = spawn(process.execPath, [program, String(seed)], { env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  expect(errors).toBe("");
  return JSON.parse(out) as Record<string, string>;
}

it("in several processes at once, with more threads than cores", { timeout: 240_000 }, async () => {
  const [first, second, other] = await Promise.all([weights(3, 4), weights(3, 4), weights(4, 4)]);
  expect(Object.keys(first)).toEqual(["images", "volumes", "words"]);
  expect(second).toEqual(first);
  for (const [name, hash] of Object.entries(other)) expect(hash, name).not.toBe(first[name]);
});
