import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cpuFlags, flagsIn } from "../../../src/base/cpuFlags.js";

test("reads them as x86 and Arm list them, once for many processors", () => {
  const x86 =
    "processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu sse4_2 avx2\nbugs\t\t: spectre_v1\n\n";
  expect(flagsIn(x86 + x86)).toEqual(["fpu", "sse4_2", "avx2"]);
  expect(flagsIn("processor\t: 0\nFeatures\t: fp asimd sve\nCPU part\t: 0xd40\n")).toEqual([
    "fp",
    "asimd",
    "sve",
  ]);
  expect(flagsIn("processor\t: 0\nflags\t\t:\nmodel\t: none\n")).toEqual([]);
  expect(flagsIn("hart\t: 0\nisa\t: rv64imafdc\n")).toEqual([]);
});

test.runIf(process.platform === "linux")("are those of this machine, as grep finds them", () => {
  const line = execFileSync("grep", ["-m1", "-E", "^(flags|Features)", "/proc/cpuinfo"], {
    encoding: "utf8",
  });
  expect(cpuFlags().join(" ")).toBe(line.replace(/^.*?:/, "").trim());
});
