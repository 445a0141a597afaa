/** What a TensorFlow wheel says that it was built with, beside its libraries. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface CudaBuild {
  /** CUDA's version, such as `12.5.1`. */
  readonly cuda: string;
  /** cuDNN's, such as `9`. */
  readonly cudnn: string;
}

/** @returns undefined where the wheel is for the CPU alone, or has no such file. */
export function cudaBuild(library: string): CudaBuild | undefined {
  const file = join(dirname(library), "python", "platform", "build_info.py");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  if (!/'is_cuda_build', True/.test(text)) return undefined;
  const of = (name: string) => new RegExp(`'${name}', '([^']*)'`).exec(text)?.[1] ?? "unknown";
  return { cuda: of("cuda_version"), cudnn: of("cudnn_version") };
}
