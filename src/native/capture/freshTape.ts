import { tf } from "../backend.js";

/** What the engine records for gradients. */
interface Recording {
  gradientDepth: number;
  kernelDepth: number;
  activeTape: { saved?: tf.Tensor[] }[] | null;
}

function recording(): Recording {
  return (tf.engine() as unknown as { state: Recording }).state;
}

/** How many gradients are being recorded around what runs now; 0 inside an op. */
export function recordedGradients(): number {
  const { gradientDepth, kernelDepth } = recording();
  return kernelDepth > 0 ? 0 : gradientDepth;
}

/** Whether what is recorded now belongs to a gradient inside another one, which will need the gradient of it. */
export function isGradientOfGradient(): boolean {
  return recording().gradientDepth > 1;
}

/** Runs `compute` as if no gradient were recorded around it, so that a trace does not get into a real one. */
export function withFreshTape<T>(compute: () => T): T {
  const state = recording();
  const { gradientDepth, kernelDepth, activeTape } = state;
  Object.assign(state, { gradientDepth: 0, kernelDepth: 0, activeTape: null });
  try {
    return compute();
  } finally {
    freeTape();
    Object.assign(state, { gradientDepth, kernelDepth, activeTape });
  }
}

/** What TensorFlow.js saved for gradients, which it forgets to free when computing them fails. */
export function freeTape(): void {
  const state = recording();
  for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
  state.activeTape = null;
}
