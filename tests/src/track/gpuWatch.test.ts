import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { GpuWatch, parseGpuLine } from "../../../src/track/gpuWatch.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("reads a line of nvidia-smi, without what a GPU does not tell", () => {
  // 1 MiB is 1.048576 MB.
  expect(parseGpuLine("1, 87, 1000, 65, 412.50")).toEqual([
    1,
    { utilisationPercent: 87, memoryMB: 1048.576, temperatureCelsius: 65, powerWatts: 412.5 },
  ]);
  expect(parseGpuLine("0, [N/A], 0, 30, [Not Supported]")).toEqual([
    0,
    { memoryMB: 0, temperatureCelsius: 30 },
  ]);
  expect(parseGpuLine("NVIDIA-SMI has failed")).toBeUndefined();
});

test("tells the latest figures while somebody asks, by one process, which ends with the last", async () => {
  const folder = temporaryFolder();
  const program = join(folder, "nvidia-smi");
  writeFileSync(
    program,
    `#!/bin/sh\necho $$ >> ${folder}/pids\necho "$@" > ${folder}/words\necho "0, 10, 1, 2, 3"\necho "1, 20, 1, 2, 3"\nexec sleep 600\n`,
  );
  chmodSync(program, 0o755);
  const watch = new GpuWatch({ seconds: 60, program });
  const stops = [watch.use(), watch.use()];
  while (watch.figures["gpu1/utilisationPercent"] === undefined) await pause(20);
  expect(watch.figures).toMatchObject({ "gpu0/utilisationPercent": 10, "gpu1/utilisationPercent": 20 });
  expect(readFileSync(join(folder, "words"), "utf8")).toBe(
    "--query-gpu=index,utilization.gpu,memory.used,temperature.gpu,power.draw --format=csv,noheader,nounits --loop=60\n",
  );
  const pids = readFileSync(join(folder, "pids"), "utf8").trim().split("\n");
  expect(pids).toHaveLength(1);
  stops[0]?.();
  stops[0]?.();
  expect(existsSync(`/proc/${pids[0]}`)).toBe(true);
  stops[1]?.();
  expect(watch.figures).toEqual({});
  for (;;) {
    try {
      process.kill(Number(pids[0]), 0);
    } catch {
      break;
    }
    await pause(20);
  }
});

test("begins again when the program was ended, not when it failed", async () => {
  const folder = temporaryFolder();
  const program = join(folder, "nvidia-smi");
  const starts = () => readFileSync(join(folder, "starts"), "utf8").trim().split("\n").length;
  const write = (end: string) => {
    writeFileSync(join(folder, "starts"), "");
    writeFileSync(program, `#!/bin/sh\necho "0, $$, 1, 2, 3"\necho x >> ${folder}/starts\n${end}\n`);
    chmodSync(program, 0o755);
  };
  write("kill -TERM $$");
  const ended = new GpuWatch({ seconds: 0.05, program });
  const stop = ended.use();
  while (starts() < 3) await pause(20);
  stop();
  write("exit 9");
  const failed = new GpuWatch({ seconds: 0.05, program });
  const stopFailed = failed.use();
  while (readFileSync(join(folder, "starts"), "utf8") === "") await pause(20);
  await pause(500);
  stopFailed();
  expect(starts()).toBe(1);
});

test("asks a program that is not there, or fails, once", async () => {
  const absent = new GpuWatch({ program: join(temporaryFolder(), "none") });
  const stop = absent.use();
  await pause(100);
  stop();
  expect(absent.figures).toEqual({});
  absent.use()();
});
