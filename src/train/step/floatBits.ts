/** A float32's bits as an int32, and back. Without the sign they rise as |v| does; NaN's are above infinity's. */

const float = new Float32Array(1);
const floatBits = new Int32Array(float.buffer);

export const infinityBits = 0x7f800000;

export function bitsOf(value: number): number {
  float[0] = value;
  return floatBits[0] as number;
}

export function floatOf(bits: number): number {
  floatBits[0] = bits;
  return float[0] as number;
}
