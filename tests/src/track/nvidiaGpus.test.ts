import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nvidiaGpus } from "../../../src/track/nvidiaGpus.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("reads models and the driver's version from its files; none where there is no driver", () => {
  const folder = temporaryFolder();
  expect(nvidiaGpus(join(folder, "none"))).toBeUndefined();
  writeFileSync(
    join(folder, "version"),
    "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build\nGCC version:  gcc 12.3.0\n",
  );
  for (const [place, model] of [
    ["0000:4e:00.0", "NVIDIA H200"],
    ["0000:1b:00.0", "NVIDIA A100-SXM4-80GB"],
  ]) {
    mkdirSync(join(folder, "gpus", `${place}`), { recursive: true });
    writeFileSync(
      join(folder, "gpus", `${place}`, "information"),
      `Model: \t\t ${model}\nIRQ:   \t\t 110\nGPU UUID: \t GPU-1\n`,
    );
  }
  expect(nvidiaGpus(folder)).toEqual({
    models: ["NVIDIA A100-SXM4-80GB", "NVIDIA H200"],
    driver: "570.86.15",
  });
});
