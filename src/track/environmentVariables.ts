/** The environment variables that decide how a training computes. */
import { isSecretName, withoutSecretValues } from "./withoutSecrets.js";

/** Of a machine's variables most are a person's own affairs: only those are kept that say how programs compute. */
const telling =
  /^(TUNELAB|TF|TFJS|XLA|TPU|CUDA|CUDNN|CUBLAS|NCCL|NVIDIA|ROCM|HIP|ONEDNN|DNNL|OMP|GOMP|KMP|MKL|OPENBLAS|MALLOC|NODE|UV|LC|SLURM|PBS|LSB|RAY|OMPI|PMI|CONDA_DEFAULT|VIRTUAL)_\w+$|^(LD_LIBRARY_PATH|LD_PRELOAD|PATH|LANG|TZ|HOSTNAME|RANK|LOCAL_RANK|WORLD_SIZE)$/;

/** Characters of one value that are kept. */
const longest = 4096;

/** Those that are set, sorted by name; the values of secrets are `***`. */
export function environmentVariables(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const kept = Object.entries(variables).filter(([name]) => telling.test(name));
  return Object.fromEntries(
    kept
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value = ""]) => [name, isSecretName(name) ? "***" : shownValue(value, variables)]),
  );
}

function shownValue(value: string, variables: Readonly<Record<string, string | undefined>>): string {
  const masked = withoutSecretValues(value, variables);
  return masked.length <= longest ? masked : `${masked.slice(0, longest)}…`;
}
