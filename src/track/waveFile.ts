/**
 * Sound as a WAV file: whole numbers of 16 bits, as every player reads them.
 * Source: Multimedia Programming Interface and Data Specifications 1.0 (IBM, Microsoft 1991), "Waveform Audio File Format".
 */

export interface WaveFacts {
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples of each channel. */
  readonly frames: number;
}

const headerBytes = 44;

/** @param samples from −32768 to 32767, the channels' in turns. */
export function waveFile(
  samples: Int16Array,
  { sampleRate, channels }: Omit<WaveFacts, "frames">,
): Uint8Array {
  const bytes = Buffer.alloc(headerBytes + samples.length * 2);
  bytes.write("RIFF", 0, "latin1");
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8, "latin1");
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36, "latin1");
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (let i = 0; i < samples.length; i++) bytes.writeInt16LE(samples[i]!, headerBytes + i * 2);
  return bytes;
}

/** What a WAV file's header says, of any width of samples; undefined if the bytes are no such file. */
export function waveFacts(file: Uint8Array): WaveFacts | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  if (bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE")
    return undefined;
  let format: { sampleRate: number; channels: number; frameBytes: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [type, length] = [bytes.toString("latin1", at, at + 4), bytes.readUInt32LE(at + 4)];
    if (type === "fmt " && at + 24 <= bytes.length)
      format = {
        channels: bytes.readUInt16LE(at + 10),
        sampleRate: bytes.readUInt32LE(at + 12),
        frameBytes: bytes.readUInt16LE(at + 20),
      };
    if (type === "data" && format && format.frameBytes > 0) {
      const { sampleRate, channels, frameBytes } = format;
      return { sampleRate, channels, frames: Math.floor(length / frameBytes) };
    }
    // Parts begin at even places.
    at += 8 + length + (length % 2);
  }
  return undefined;
}
