/** The machine and the program that a run ran on, as far as plain Node knows them. */
import { readFileSync } from "node:fs";
import { arch, cpus, hostname, platform, release, totalmem } from "node:os";
import { cpuFlags } from "../base/cpuFlags.js";
import { toJsonObject } from "./jsonValue.js";
import { nvidiaGpus } from "./nvidiaGpus.js";
import type { JsonValue } from "./runRecord.js";

const { version } = JSON.parse(readFileSync(packageFile(), "utf8")) as { version: string };

let computing: () => object = () => ({});

/** From now on every run records, when it opens and when it ends, what `facts` says of that which computes by then. */
export function recordComputing(facts: () => object): void {
  computing = facts;
}

/** Such as TensorFlow's version; nothing before it is needed. */
export function whatComputes(): Record<string, JsonValue> {
  return toJsonObject(computing());
}

/** What decides the last digits of a metric, and what a person asks first. Memory in bytes. */
export function captureEnvironment(): Record<string, JsonValue> {
  const gpus = nvidiaGpus();
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
    ...(gpus && { gpus: gpus.models }),
    ...(gpus?.driver !== undefined && { gpuDriver: gpus.driver }),
    ...whatComputes(),
  };
}

/** package.json lies beside src/, and one folder further up from dist/src/. */
export function packageFile(): URL {
  const here = new URL("../../package.json", import.meta.url);
  return /\/dist\/package\.json$/.test(here.pathname)
    ? new URL("../../../package.json", import.meta.url)
    : here;
}
