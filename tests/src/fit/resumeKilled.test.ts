/** A training that was killed and gone on with equals the one that was not, to the last bit. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { recorded } from "./recorded.js";

const program = fileURLToPath(new URL("resumeTraining.mjs", import.meta.url));

interface Ended {
  readonly signal: string | null;
  readonly result: { dir: string; status: string; steps: number; history: unknown; weights: string };
  readonly stderr: string;
}

/** Runs resumeTraining.mjs to its end. */
async function training(options: object): Promise<Ended> {
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: "pipe" });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once("close", (...end) => resolve(end)),
  );
  if (code !== 0 && signal !== "SIGKILL") throw new Error(stderr);
  return { signal, result: stdout === "" ? undefined : JSON.parse(stdout), stderr };
}

const checkpoints = (root: string) => {
  const [run = ""] = readdirSync(root);
  const folder = join(root, run, "checkpoints");
  return readdirSync(folder).map((name) => join(folder, name));
};

describe("after SIGKILL", () => {
  let whole: Ended;
  const ownFolder = mkdtempSync(join(tmpdir(), "tunelab-whole-"));
  beforeAll(async () => {
    whole = await training({ dir: ownFolder });
  });
  afterAll(() => rmSync(ownFolder, { recursive: true, force: true }));

  async function expectEqual({ result }: Ended) {
    const { dir: _, ...values } = result;
    const { dir: __, ...expected } = whole.result;
    expect(values).toEqual(expected);
    expect(recorded(result.dir)).toEqual(recorded(whole.result.dir));
  }

  it("goes on from the middle of an epoch, again and again", async () => {
    const dir = temporaryFolder();
    const checkpoint = { everySteps: 3 };
    expect((await training({ dir, checkpoint, killAtStep: 11 })).signal).toBe("SIGKILL");
    for (const killAtStep of [16, 20, 47])
      expect((await training({ dir, checkpoint, resume: "resumed", killAtStep })).signal).toBe("SIGKILL");
    await expectEqual(await training({ dir, checkpoint, resume: "resumed" }));
    expect(readdirSync(dir)).toHaveLength(1);
  });

  it("goes on when it was killed within the write of a checkpoint", async () => {
    const dir = temporaryFolder();
    expect((await training({ dir, checkpoint: true, killInWrite: 3 })).signal).toBe("SIGKILL");
    expect(checkpoints(dir).some((file) => file.endsWith(".tmp"))).toBe(true);
    await expectEqual(await training({ dir, checkpoint: true, resume: "resumed" }));
    expect(checkpoints(dir).every((file) => file.endsWith(".safetensors"))).toBe(true);
  });

  it("passes over a torn checkpoint, and says so", async () => {
    const dir = temporaryFolder();
    await training({ dir, checkpoint: { everySteps: 2 }, killAtStep: 21 });
    const newest = checkpoints(dir).sort().at(-1) as string;
    truncateSync(newest, readFileSync(newest).length - 100);
    const ended = await training({ dir, resume: "resumed" });
    expect(ended.stderr).toContain("checkpoint step-000000020.safetensors is damaged and passed over");
    await expectEqual(ended);
  });
});
