import { spawnSync } from "node:child_process";
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
  await expect
    .poll(() => watch.figures["gpu1/utilisationPercent"], { message: "the second GPU's figures" })
    .toBeDefined();
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
  await expect.poll(() => isThere(Number(pids[0])), { message: "whether the program goes on" }).toBe(false);
});

/** Notes each start in a file; `count` says how many there were. */
function countedProgram() {
  const folder = temporaryFolder();
  const program = join(folder, "nvidia-smi");
  const starts = join(folder, "starts");
  const count = () => (existsSync(starts) ? readFileSync(starts, "utf8").length : 0);
  const write = (end: string) => {
    writeFileSync(program, `#!/bin/sh\nprintf x >> ${starts}\n${end}\n`);
    chmodSync(program, 0o755);
  };
  return { program, write, count };
}

/** Another watch starts the program after `watch` would have: what is counted then is all. */
async function startsBeside(program: string, count: () => number): Promise<number> {
  const before = count();
  const stop = new GpuWatch({ seconds: 60, program }).use();
  await expect.poll(count, { message: "starts of the program by another watch" }).toBeGreaterThan(before);
  await pause(200);
  stop();
  return count() - before;
}

test("begins again when the program was ended", async () => {
  const { program, write, count } = countedProgram();
  write("kill -TERM $$");
  const stop = new GpuWatch({ seconds: 0.05, program }).use();
  await expect
    .poll(count, { message: "starts of a program that is ended each time" })
    .toBeGreaterThanOrEqual(3);
  stop();
});

test("asks a program that fails once", async () => {
  const { program, write, count } = countedProgram();
  write("exit 9");
  const watch = new GpuWatch({ seconds: 0.05, program });
  const stop = watch.use();
  await expect.poll(count, { message: "starts of a program that fails" }).toBe(1);
  await pause(500);
  stop();
  watch.use()();
  expect(count()).toBe(1);
  expect(await startsBeside(program, count)).toBe(1);
});

test("asks a program that is not there once, though it comes later", async () => {
  const { program, write, count } = countedProgram();
  const watch = new GpuWatch({ seconds: 0.05, program });
  const stop = watch.use();
  await pause(100);
  stop();
  expect(watch.figures).toEqual({});
  write("exec sleep 600");
  const stopAgain = watch.use();
  expect(await startsBeside(program, count)).toBe(1);
  stopAgain();
});

test("a program without a free descriptor goes on, and asks no more", () => {
  const library = JSON.stringify(join(import.meta.dirname, "../../../dist/src/track/gpuWatch.js"));
  const { program, write, count } = countedProgram();
  write("exec sleep 600");
  const source = `
    import { closeSync, openSync } from "node:fs";
    import { GpuWatch } from ${library};
    const held = [];
    let code;
    try {
      for (;;) held.push(openSync("/dev/null", "r"));
    } catch (error) {
      code = error.code;
    }
    const watch = new GpuWatch({ program: process.argv[1] });
    const stop = watch.use();
    setTimeout(() => {
      stop();
      for (const descriptor of held) closeSync(descriptor);
      watch.use()();
      console.log(code, JSON.stringify(watch.figures));
    });`;
  const words = [
    "-c",
    'ulimit -n 64; exec "$0" "$@"',
    process.execPath,
    "--input-type=module",
    "-e",
    source,
    program,
  ];
  const { status, stdout, stderr } = spawnSync("sh", words, { encoding: "utf8" });
  expect([status, stdout, stderr, count()]).toEqual([0, "EMFILE {}\n", "", 0]);
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
