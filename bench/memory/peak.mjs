import { readFileSync } from "node:fs";

/** The most memory this process ever held at a time, in bytes (Linux). */
export function peak() {
  const line = readFileSync("/proc/self/status", "utf8").match(/^VmHWM:\s+(\d+) kB$/m);
  if (!line) throw new Error("the peak of memory is read from /proc/self/status, which is Linux's");
  return Number(line[1]) * 1024;
}
