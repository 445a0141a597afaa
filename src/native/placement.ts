/** The device that ops are asked to run on; undefined leaves it to TensorFlow. Set by `withDevice` alone. */
let device: string | undefined;

export function placedOn(): string | undefined {
  return device;
}

/** @returns what `run` returns; the device is the former one again when it ends. */
export function placing<T>(name: string, run: () => T): T {
  const before = device;
  device = name;
  try {
    return run();
  } finally {
    device = before;
  }
}
