/** Messages in Protocol Buffers' wire format: the part that TensorFlow's descriptions need. */

const encoder = new TextEncoder();

/** The fields one after the other: a message's content. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return joined(fields);
}

/** As `message`, of more fields than a call takes arguments. */
export function joined(fields: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of fields) {
    whole.set(one, at);
    at += one.length;
  }
  return whole;
}

/**
 * A number or truth as a varint, of numbers a safe integer or of 64 bits as bigint; a text or message with its length
 * before it.
 */
export function field(number: number, value: number | bigint | boolean | string | Uint8Array): Uint8Array {
  const head: number[] = [];
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") {
    pushVarint(head, number * 8);
    pushVarint(head, value);
    return new Uint8Array(head);
  }
  const content = typeof value === "string" ? encoder.encode(value) : value;
  pushVarint(head, number * 8 + 2);
  pushVarint(head, content.length);
  const whole = new Uint8Array(head.length + content.length);
  whole.set(head);
  whole.set(content, head.length);
  return whole;
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
function pushVarint(bytes: number[], value: number | bigint | boolean): void {
  // Keys and lengths are many, and a bigint for each is slow.
  let small = Number(value);
  if (small >= 0 && small <= Number.MAX_SAFE_INTEGER) {
    for (; small > 127; small = Math.floor(small / 128)) bytes.push((small % 128) | 128);
    bytes.push(small);
    return;
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
}
