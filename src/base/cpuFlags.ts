import { readFileSync } from "node:fs";

let flags: readonly string[] | undefined;

/** Instruction sets of the processor in the order in which Linux lists them; empty elsewhere. */
export function cpuFlags(): readonly string[] {
  flags ??= process.platform === "linux" ? flagsIn(readFileSync("/proc/cpuinfo", "utf8")) : [];
  return flags;
}

/** @param text what /proc/cpuinfo says: x86 calls them flags, Arm Features */
export function flagsIn(text: string): string[] {
  const [, list = ""] = /^(?:flags|Features)[ \t]*:[ \t]*(.*)$/m.exec(text) ?? [];
  return list.split(/\s+/).filter((flag) => flag !== "");
}
