import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { cudaBuild } from "../../../src/native/wheelBuild.js";

const root = mkdtempSync(join(tmpdir(), "tunelab-"));
afterAll(() => rmSync(root, { recursive: true }));

/** The file as wheels have it, one line after the import. */
function wheel(name: string, pairs: string): string {
  const platform = join(root, name, "python", "platform");
  mkdirSync(platform, { recursive: true });
  const text = `import collections\n\nbuild_info = collections.OrderedDict([${pairs}])\n`;
  writeFileSync(join(platform, "build_info.py"), text);
  return join(root, name, "libtensorflow_cc.so.2");
}

it("reads CUDA's and cuDNN's versions of a wheel for GPUs", () => {
  const pairs =
    "('cuda_compute_capabilities', ['sm_60', 'compute_90']), ('cuda_version', '12.5.1'), ('cudnn_version', '9'), ('is_cuda_build', True)";
  expect(cudaBuild(wheel("gpu", pairs))).toEqual({ cuda: "12.5.1", cudnn: "9" });
});

it("tells of none for the CPU's wheel, or without the file", () => {
  expect(cudaBuild(wheel("cpu", "('is_cuda_build', False), ('is_rocm_build', False)"))).toBeUndefined();
  expect(cudaBuild(join(root, "nowhere", "libtensorflow_cc.so.2"))).toBeUndefined();
});
