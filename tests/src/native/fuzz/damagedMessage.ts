/** Damages one field of a message in Protocol Buffers' wire format, at any depth: the file is still read as a whole. */
import type { Draw } from "./draw.js";

interface Field {
  readonly number: number;
  readonly wire: 0 | 1 | 2 | 5;
  readonly value: bigint;
  readonly content: Uint8Array;
}

const numbers = [
  0n,
  1n,
  2n,
  3n,
  7n,
  9n,
  20n,
  21n,
  255n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 62n,
  2n ** 64n - 1n,
];

/** A copy with one field changed, left out or doubled; undefined for what is no message. */
export function damagedMessage(draw: Draw, bytes: Uint8Array): Uint8Array | undefined {
  const fields = fieldsOf(bytes);
  if (!fields || fields.length === 0) return undefined;
  const place = draw.int(0, fields.length - 1);
  const field = fields[place] as Field;
  return concat(fields.flatMap((one, i) => (i === place ? damagedField(draw, field) : [one])).map(encoded));
}

function damagedField(draw: Draw, field: Field): Field[] {
  const inner = field.wire === 2 && draw.chance(0.9) ? damagedMessage(draw, field.content) : undefined;
  if (inner) return [{ ...field, content: inner }];
  return draw.pick<() => Field[]>([
    () => [],
    () => [field, field],
    () => [changed(draw, field)],
    () => [changed(draw, field)],
    () => [changed(draw, field)],
  ])();
}

function changed(draw: Draw, field: Field): Field {
  if (field.wire === 0) return { ...field, value: draw.pick(numbers) };
  const content = Uint8Array.from(field.content);
  if (content.length === 0) return { ...field, content: Uint8Array.of(...(field.wire === 2 ? [65] : [])) };
  // Letters and digits stay so, and numbers of few bits too: texts are looked at before they are taken.
  const at = draw.int(0, content.length - 1);
  content[at] = (content[at] as number) ^ draw.pick([1, 2, 4]);
  if (field.wire !== 2 || draw.chance(0.6)) return { ...field, content };
  return { ...field, content: content.subarray(0, at) };
}

function encoded({ number, wire, value, content }: Field): Uint8Array {
  const key = varint(BigInt(number * 8 + wire));
  if (wire === 0) return concat([key, varint(value)]);
  return wire === 2 ? concat([key, varint(BigInt(content.length)), content]) : concat([key, content]);
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return Uint8Array.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Undefined where the bytes are no message. */
function fieldsOf(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  const read = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const key = read();
    if (key === undefined || key < 8n) return undefined;
    const wire = Number(key & 7n);
    const number = Number(key >> 3n);
    if (wire !== 0 && wire !== 1 && wire !== 2 && wire !== 5) return undefined;
    const value = wire === 0 || wire === 2 ? read() : wire === 1 ? 8n : 4n;
    if (value === undefined) return undefined;
    const length = wire === 0 ? 0 : Number(value);
    if (at + length > bytes.length) return undefined;
    fields.push({ number, wire, value, content: bytes.slice(at, at + length) });
    at += length;
  }
  return fields;
}
