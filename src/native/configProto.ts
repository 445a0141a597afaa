/** TensorFlow's ConfigProto, the few fields this library sets, as bytes. Field numbers: tensorflow/core/protobuf/config.proto. */

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
  const gpu = [...(config.allowGrowth ? varintField(4, 1) : []), ...memoryLimit(config.gpuMemoryLimit)];
  const gpuOptions = gpu.length > 0 ? field(6, gpu) : [];
  // GraphOptions.rewrite_options (10) → RewriterConfig.disable_meta_optimizer (19).
  const graphOptions = config.graphRewrites ? [] : field(10, field(10, varintField(19, 1)));
  return Uint8Array.from([
    ...varintField(2, config.intraOpThreads),
    ...varintField(5, config.interOpThreads),
    ...gpuOptions,
    ...varintField(7, 1), // allow_soft_placement
    ...graphOptions,
    // experimental (16) → disable_thread_spinning (9): threads that spin while they wait take the cores from those
    // that work, which costs a small step an eighth of its time.
    ...field(16, varintField(9, 1)),
  ]);
}

/** GPUOptions.experimental (9) → virtual_devices (1) → memory_limit_mb (1), a list of floats. */
function memoryLimit(megabytes: number): number[] {
  if (megabytes === 0) return [];
  const bytes = [...new Uint8Array(Float32Array.of(megabytes).buffer)];
  return field(9, field(1, field(1, bytes)));
}

function varintField(number: number, value: number): number[] {
  return [...varint(number << 3), ...varint(value)];
}

function field(number: number, content: number[]): number[] {
  return [...varint((number << 3) | 2), ...varint(content.length), ...content];
}

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest & 127) | 128);
  return [...out, rest];
}
