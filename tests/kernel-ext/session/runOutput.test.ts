/** What cells print while a run is open lies in the run too. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findRuns } from "../../../src/track/index.js";
import { KernelClient, streamText } from "../kernelClient.js";

let kernel: KernelClient;
let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "tunelab-output-"));
  kernel = await KernelClient.start({ env: { TUNELAB_RUNS: dir } });
});
afterAll(async () => {
  await kernel.close();
  rmSync(dir, { recursive: true, force: true });
});

it("of several cells, captured or not, up to the run's end; the cells show it as ever", async () => {
  const first = await kernel.execute(
    `import { track } from "tunelab";
console.log("early");
const run = track({ name: "printed" });
console.log("from the first cell");
setTimeout(() => console.log("late"), 20);
await new Promise((done) => setTimeout(done, 100));`,
  );
  expect(streamText(first)).toBe("early\nfrom the first cell\nlate\n");
  const second = await kernel.execute(`console.error("a warning"); console.table([{ a: 1 }]);`);
  expect(streamText(second, "stderr")).toBe("a warning\n");
  const captured = await kernel.execute(`%%capture kept\nconsole.log("captured")`);
  expect(streamText(captured)).toBe("");
  await kernel.execute(`run.finish(); console.log("after");`);
  const [folder = ""] = findRuns("printed", { dir });
  const text = readFileSync(join(folder, "output.log"), "utf8");
  expect(text).toMatch(/^from the first cell\nlate\na warning\n┌─.*a.*captured\n$/s);
});
