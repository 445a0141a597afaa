import { expect, it } from "vitest";
import { mainThreadActivity } from "../../../kernel-ext/session/threadActivity.js";

const cpu = () => mainThreadActivity()?.cpu ?? Number.NaN;
/** Of all threads, in milliseconds. */
const cpuOfProcess = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

it.skipIf(process.platform !== "linux")("counts what the main thread computes, and sees that it runs", () => {
  const [own, whole] = [cpu(), cpuOfProcess()];
  // However long a busy machine lets it wait for that much.
  while (cpu() - own < 100);
  // Linux counts in hundredths of a second, and user and system apart.
  expect(cpu() - own).toBeLessThanOrEqual(cpuOfProcess() - whole + 20);
  expect(mainThreadActivity()?.sleeping).toBe(false);
});
