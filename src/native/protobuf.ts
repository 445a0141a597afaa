/** The part of Protocol Buffers' wire format that TensorFlow's descriptions need. */

/** One field of a message. */
export interface Field {
  readonly number: number;
  /** Of a varint. */
  readonly value: number;
  /** Of a text or message. */
  readonly content?: Uint8Array;
}

/** The fields of a message in Protocol Buffers' wire format, in their order; numbers of fixed length are left out. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key & 7;
    if (wire === 0) yield { number, value: varint() };
    else if (wire === 2) {
      const length = varint();
      yield { number, value: 0, content: bytes.subarray(at, at + length) };
      at += length;
    } else at += wire === 1 ? 8 : 4;
  }
}
