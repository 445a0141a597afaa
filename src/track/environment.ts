/** The machine and the program that a run ran on, as far as plain Node knows them. */
import { readFileSync } from "node:fs";
import { arch, cpus, hostname, platform, release, totalmem } from "node:os";
import { cpuFlags } from "../base/cpuFlags.js";
import type { JsonValue } from "./runRecord.js";

const { version } = JSON.parse(readFileSync(packageFile(), "utf8")) as { version: string };

/** What decides the last digits of a metric, and what a person asks first. Memory in bytes. */
export function captureEnvironment(): Record<string, JsonValue> {
  return {
    tunelab: version,
    node: process.versions.node,
    platform: platform(),
    kernel: release(),
    architecture: arch(),
    host: hostname(),
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cpuFlags: cpuFlags().join(" "),
    cores: cpus().length,
    memory: totalmem(),
  };
}

/** package.json lies beside src/, and one folder further up from dist/src/. */
function packageFile(): URL {
  const here = new URL("../../package.json", import.meta.url);
  return /\/dist\/package\.json$/.test(here.pathname)
    ? new URL("../../../package.json", import.meta.url)
    : here;
}
