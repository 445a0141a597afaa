/** TensorFlow's ConfigProto, the few fields this library sets, as bytes. Field numbers: tensorflow/core/protobuf/config.proto. */
import { field, message } from "./protobufWriter.js";

export interface ContextConfig {
  /** Threads inside one op; 0 lets TensorFlow choose. */
  readonly intraOpThreads: number;
  /** Ops that run side by side; 0 lets TensorFlow choose. */
  readonly interOpThreads: number;
  /** GPU memory is taken as it is needed, not all at once. */
  readonly allowGrowth: boolean;
  /** Megabytes (2^20 bytes) that this process takes of the first GPU's memory at most; 0 sets no limit. */
  readonly gpuMemoryLimit: number;
  /** TensorFlow's graph rewriter. Off: what was traced is what runs, so digits do not depend on what else is measured. */
  readonly graphRewrites: boolean;
}

export function configProto(config: ContextConfig): Uint8Array {
  const gpu = [...(config.allowGrowth ? [field(4, true)] : []), ...memoryLimit(config.gpuMemoryLimit)];
  return message(
    field(2, config.intraOpThreads),
    field(5, config.interOpThreads),
    ...(gpu.length > 0 ? [field(6, message(...gpu))] : []),
    field(7, true), // allow_soft_placement
    // GraphOptions.rewrite_options (10) → RewriterConfig.disable_meta_optimizer (19).
    ...(config.graphRewrites ? [] : [field(10, field(10, field(19, true)))]),
    // experimental (16) → disable_thread_spinning (9): threads that spin while they wait take the cores from those
    // that work, which costs a small step an eighth of its time.
    field(16, field(9, true)),
  );
}

/** GPUOptions.experimental (9) → virtual_devices (1) → memory_limit_mb (1), a list of floats. */
function memoryLimit(megabytes: number): Uint8Array[] {
  if (megabytes === 0) return [];
  return [field(9, field(1, field(1, new Uint8Array(Float32Array.of(megabytes).buffer))))];
}
