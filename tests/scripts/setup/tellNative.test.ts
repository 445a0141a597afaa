import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { nativeLines } from "../../../scripts/setup/tellNative.mjs";
import { nativeInfo } from "../../../src/native/index.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const check = (environment: Record<string, string>, ...args: string[]) =>
  spawnSync(process.execPath, ["bin/tunelab.mjs", "setup", "--check", ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, ...environment },
  }).stdout;

it("tells library, version, devices, processor, oneDNN and what the wheel was built for", () => {
  const info = nativeInfo();
  const text = nativeLines(info).join("\n");
  for (const part of [info.tensorflow, info.library, info.foundBy, "CPU:0", info.cpu.model])
    expect(text).toContain(part);
  expect(nativeLines({ ...info, cuda: { cuda: "12.5.1", cudnn: "9" }, oneDNN: false }).join("\n")).toMatch(
    /built for CUDA 12\.5\.1 and cuDNN 9\n[\s\S]*oneDNN {6}off/,
  );
  expect(nativeLines({ ...info, untried: true })[0]).toContain("newer than any that was tried");
});

it("`tunelab setup --check` prints it", () => {
  const { tensorflow, library } = nativeInfo();
  const text = check({ TUNELAB_LIBTENSORFLOW: "" });
  expect(text).toContain(`TensorFlow  ${tensorflow}, built for`);
  expect(text).toContain(`library     ${library}`);
  expect(JSON.parse(check({ TUNELAB_LIBTENSORFLOW: "" }, "--json")).native).toMatchObject({
    tensorflow,
    library,
  });
});

it("`tunelab setup --check` says in one sentence why TensorFlow does not answer", () => {
  expect(check({ TUNELAB_LIBTENSORFLOW: "/nowhere" })).toMatch(
    /^TensorFlow does not answer: loading TensorFlow needs .*TUNELAB_LIBTENSORFLOW=\/nowhere holds neither; .*$/m,
  );
});
