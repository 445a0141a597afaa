/** Sound as a person has it, as a WAV file. */
import { isTensorLike, type TensorLike } from "./tensorLike.js";
import { waveFile } from "./waveFile.js";

/** Of one channel, or a tensor [frames] or [frames, channels]. Floats from −1 to 1, or whole numbers of 16 bits. */
export type AudioInput = TensorLike | Float32Array | Float64Array | Int16Array | readonly number[];

export interface AudioOptions {
  /** Hertz: a whole number from 1 to 768,000, such as 16000. */
  readonly sampleRate: number;
}

const mostRate = 768_000;
const mostChannels = 255;

/** @throws TypeError for another kind or shape, RangeError for values out of bounds, no samples, a bad sample rate. */
export function soundOf(input: AudioInput, options: AudioOptions, what: string): Uint8Array {
  const { sampleRate } = (options ?? {}) as Partial<AudioOptions>;
  if (typeof sampleRate !== "number")
    throw new TypeError(
      `${what}: it must be told the sample rate, such as { sampleRate: 16000 }; got ${typeof sampleRate}`,
    );
  if (!Number.isSafeInteger(sampleRate) || sampleRate < 1 || sampleRate > mostRate)
    throw new RangeError(
      `${what}: sampleRate must be a whole number of hertz from 1 to ${mostRate}; got ${sampleRate}`,
    );
  const { values, channels } = valuesOf(input, what);
  if (values.length === 0) throw new RangeError(`${what}: it must have a sample; got none`);
  const samples = values instanceof Int16Array ? values : toSixteenBits(values, what);
  return waveFile(samples, { sampleRate, channels });
}

function valuesOf(input: AudioInput, what: string): { values: ArrayLike<number>; channels: number } {
  if (isTensorLike(input)) {
    const { shape, dtype } = input;
    const [, channels = 1] = shape;
    if (shape.length < 1 || shape.length > 2 || channels > mostChannels || dtype !== "float32")
      throw new TypeError(
        `${what}: a tensor must be float32 [frames] or [frames, channels], of at most ${mostChannels} channels; got ${dtype} [${shape.join(", ")}]`,
      );
    return { values: input.dataSync(), channels };
  }
  const isList = Array.isArray(input) && input.every((value) => typeof value === "number");
  if (isList || input instanceof Float32Array || input instanceof Float64Array || input instanceof Int16Array)
    return { values: input as ArrayLike<number>, channels: 1 };
  throw new TypeError(
    `${what}: samples must be a tensor, a Float32Array from −1 to 1, an Int16Array or a list of numbers; got ${input === null ? "null" : Array.isArray(input) ? "a list of something else" : typeof input}`,
  );
}

function toSixteenBits(values: ArrayLike<number>, what: string): Int16Array {
  const samples = new Int16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Written so that NaN is refused too.
    if (!(value >= -1 && value <= 1))
      throw new RangeError(
        `${what}: samples must be from −1 to 1; got ${value} at ${i} (whole numbers of 16 bits need an Int16Array)`,
      );
    samples[i] = Math.round(value * 32767);
  }
  return samples;
}
