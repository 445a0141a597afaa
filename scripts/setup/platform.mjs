// Which machines there are TensorFlow wheels for, and whether an NVIDIA driver answers.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const supported = ["linux-x64", "linux-arm64", "darwin-arm64"];

/**
 * One sentence that says why this machine is refused, or undefined when it is fine.
 * @param {{ platform: string, arch: string, glibc: string | undefined }} machine
 * @returns {string | undefined}
 */
export function refuseMachine({ platform, arch, glibc }) {
  if (!supported.includes(`${platform}-${arch}`)) {
    return `TensorFlow's wheels need Linux (x64 or arm64) or macOS (arm64); this is ${platform} ${arch}.`;
  }
  if (platform !== "linux") return undefined;
  const [major, minor] = (glibc ?? "0.0").split(".").map(Number);
  if (major > 2 || (major === 2 && minor >= 27)) return undefined;
  return `TensorFlow's wheels need glibc 2.27 or newer; this machine has ${glibc ? `glibc ${glibc}` : "another C library"}.`;
}

/** This machine, as `refuseMachine` asks for it. */
export function thisMachine() {
  const report = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return { platform: process.platform, arch: process.arch, glibc: report.header.glibcVersionRuntime };
}

/** A driver shows itself by one of these: on Linux, in containers that have the devices only, in Windows' Linux. */
const driverTraces = ["/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg"];

/**
 * "cuda" where an NVIDIA driver answers on Linux x64 (the only wheel with CUDA kernels), else "cpu".
 * TUNELAB_DEVICE=cpu|cuda overrides it. The driver is only asked where there is one: that takes its time.
 * @returns {"cpu" | "cuda"}
 */
export function chooseDevice(env = process.env, traces = driverTraces) {
  if (env.TUNELAB_DEVICE === "cpu" || env.TUNELAB_DEVICE === "cuda") return env.TUNELAB_DEVICE;
  if (process.platform !== "linux" || process.arch !== "x64") return "cpu";
  if (!traces.some((path) => existsSync(path))) return "cpu";
  const answer = spawnSync("nvidia-smi", ["-L"], { env, encoding: "utf8", timeout: 15_000 });
  return answer.status === 0 && /GPU \d+/.test(answer.stdout) ? "cuda" : "cpu";
}
