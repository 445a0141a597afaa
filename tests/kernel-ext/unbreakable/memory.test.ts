/** What a long session costs: the kernel's memory with its session and type checker, from the 800th cell to the 1,600th. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { KernelClient } from "../kernelClient.js";
import { family, residentMegabytes } from "./processes.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(() => kernel.close());

/** Resident memory in MB of each process, by its role. */
function memory(): Record<string, number> {
  const parts = { front: 0, session: 0, checker: 0 };
  for (const { pid, command } of family(kernel.pid)) {
    const part = command.includes("--lsp")
      ? "checker"
      : command.includes("session/main.js")
        ? "session"
        : "front";
    parts[part] += residentMegabytes(pid);
  }
  return parts;
}

function total(parts: Record<string, number>): number {
  return Object.values(parts).reduce((sum, part) => sum + part, 0);
}

/** Before, V8 lets a heap grow by some MB as it finds what is used: how many, and how soon, differs from start to start. */
const settled = 800;

it.skipIf(process.platform !== "linux")(
  "does not grow by more than a tenth from the 800th cell to the 1,600th",
  { timeout: 1_200_000 },
  async () => {
    const after: Record<string, number>[] = [];
    for (let cell = 1; cell <= 2 * settled; cell++) {
      const { reply } = await kernel.execute(
        `const again: number = ${cell}; console.log("step", again); again * 2`,
      );
      expect(reply.status).toBe("ok");
      if (cell % settled === 0) after.push(memory());
    }
    const [early, late] = after as [Record<string, number>, Record<string, number>];
    console.log("MB after 800 and after 1,600 cells:", early, late);
    // A part that is not found would make the growth look small.
    expect(Object.values(early).every((part) => part > 20)).toBe(true);
    expect(total(late) / total(early)).toBeLessThan(1.1);
    // Small parts, too, whose growth the largest would hide.
    for (const part of Object.keys(early)) {
      expect((late[part] as number) / (early[part] as number), part).toBeLessThan(1.25);
    }
  },
);
