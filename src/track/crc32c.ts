/**
 * CRC-32C (Castagnoli), the checksum of TensorFlow's record files.
 * Polynomial 0x1EDC6F41, reflected 0x82F63B78 (RFC 3720, appendix B.4).
 * Eight bytes a turn: "slicing-by-8", Kounavis and Berry, ISCC 2005.
 */

/** `slices[k * 256 + b]` is the effect of byte b followed by k zero bytes. */
const slices = makeSlices();

function makeSlices(): Int32Array {
  const table = new Int32Array(8 * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    table[byte] = crc;
  }
  for (let k = 1; k < 8; k++) {
    for (let byte = 0; byte < 256; byte++) {
      const before = table[(k - 1) * 256 + byte]!;
      table[k * 256 + byte] = (before >>> 8) ^ table[before & 255]!;
    }
  }
  return table;
}

/** CRC-32C of `bytes[start, end)`, an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return crcOfView(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), start, end) >>> 0;
}

/** TensorFlow's mask, so that a checksum stored among the data does not disturb the next: rotr15 + constant. */
export function maskedCrc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  return masked(crc32c(bytes, start, end)) >>> 0;
}

/** The same of `view[start, end)` as a signed 32-bit number: for those who checksum millions of records. */
export function maskedCrcOfView(view: DataView, start: number, end: number): number {
  return masked(crcOfView(view, start, end));
}

function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) | 0;
}

/** Signed. */
function crcOfView(view: DataView, start: number, end: number): number {
  let crc = -1;
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    crc =
      slices[1792 + (low & 255)]! ^
      slices[1536 + ((low >>> 8) & 255)]! ^
      slices[1280 + ((low >>> 16) & 255)]! ^
      slices[1024 + (low >>> 24)]! ^
      slices[768 + (high & 255)]! ^
      slices[512 + ((high >>> 8) & 255)]! ^
      slices[256 + ((high >>> 16) & 255)]! ^
      slices[high >>> 24]!;
  }
  if (at + 4 <= end) {
    const low = crc ^ view.getInt32(at, true);
    crc =
      slices[768 + (low & 255)]! ^
      slices[512 + ((low >>> 8) & 255)]! ^
      slices[256 + ((low >>> 16) & 255)]! ^
      slices[low >>> 24]!;
    at += 4;
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ slices[(crc ^ view.getUint8(at)) & 255]!;
  return ~crc;
}
