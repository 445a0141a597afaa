/** Messages in Protocol Buffers' wire format: the part that TensorFlow's descriptions need. */

const encoder = new TextEncoder();

/** The fields one after the other: a message's content. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(fields));
}

/** A number or truth as a varint, which must be a safe integer; a text or message with its length before it. */
export function field(number: number, value: number | boolean | string | Uint8Array): Uint8Array {
  if (typeof value === "number" || typeof value === "boolean")
    return message(varint(number * 8), varint(Number(value)));
  const content = typeof value === "string" ? encoder.encode(value) : value;
  return message(varint(number * 8 + 2), varint(content.length), content);
}

/** The entries of a map: each a message of key = 1 and value = 2. */
export function mapField(
  number: number,
  entries: Iterable<readonly [key: string, value: Uint8Array]>,
): Uint8Array {
  return message(
    ...[...entries].map(([key, value]) => field(number, message(field(1, key), field(2, value)))),
  );
}

/** Seven bits a byte, the lowest first; negative ones as 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}
