/**
 * The part of Protocol Buffers' wire format that event files need.
 * https://protobuf.dev/programming-guides/encoding/
 */

const varint = 0;
const fixed64 = 1;
const bytesType = 2;
const fixed32 = 5;

/** Numbers below 128, as they are written: nearly all keys and lengths. */
const small = Array.from({ length: 128 }, (_, value) => Uint8Array.of(value));

/** Builds one message, field by field. For what is written seldom; scalars have a faster way (`scalarEncoder.ts`). */
export class ProtoMessage {
  readonly #parts: Uint8Array[] = [];

  /** A non-negative integer below 2^53. */
  integer(field: number, value: number): this {
    return this.#key(field, varint).#varint(value);
  }

  double(field: number, value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return this.#key(field, fixed64).#push(bytes);
  }

  string(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, "utf8"));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, bytesType).#varint(value.length).#push(value);
  }

  message(field: number, value: ProtoMessage): this {
    return this.bytes(field, value.encode());
  }

  encode(): Buffer {
    return Buffer.concat(this.#parts);
  }

  #key(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    const short = small[value];
    if (short) return this.#push(short);
    const bytes = Buffer.alloc(10);
    return this.#push(bytes.subarray(0, writeVarint(bytes, 0, value)));
  }

  #push(bytes: Uint8Array): this {
    this.#parts.push(bytes);
    return this;
  }
}

/** Writes a non-negative integer below 2^53 at `at`; returns where the next byte goes. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 128) {
    bytes[at++] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  bytes[at++] = rest;
  return at;
}

/** Number of bytes that `writeVarint` writes. */
export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
  return size;
}

/**
 * Walks through the fields of the message in `bytes[at, end)`.
 *
 * `while (reader.next()) switch (reader.field) …`; a field not asked for is skipped.
 * Throws a `SyntaxError` when the bytes are no message.
 */
export class ProtoReader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;
  #fieldEnd: number;
  field = 0;
  #wireType = 0;
  #integer = 0;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = this.#fieldEnd = at;
    this.#end = end;
  }

  next(): boolean {
    this.#at = this.#fieldEnd;
    if (this.#at >= this.#end) return false;
    const key = this.#varint();
    this.field = Math.floor(key / 8);
    this.#wireType = key % 8;
    this.#measure();
    if (this.#fieldEnd > this.#end) throw this.#broken("a field reaches past the end of its message");
    return true;
  }

  /** A varint as a number; negative ones and those past 2^53 lose digits. */
  integer(): number {
    return this.#wireType === varint ? this.#integer : this.#wrong("an integer");
  }

  double(): number {
    return this.#wireType === fixed64 ? this.#bytes.readDoubleLE(this.#at) : this.#wrong("a double");
  }

  float(): number {
    return this.#wireType === fixed32 ? this.#bytes.readFloatLE(this.#at) : this.#wrong("a float");
  }

  /** Whether the present field is length-delimited: a text, a message, packed numbers. */
  get isBytes(): boolean {
    return this.#wireType === bytesType;
  }

  /** The content of a length-delimited field, sharing memory. */
  bytes(): Buffer {
    return this.#wireType === bytesType
      ? this.#bytes.subarray(this.#at, this.#fieldEnd)
      : this.#wrong("a text or message");
  }

  string(): string {
    return this.bytes().toString("utf8");
  }

  message(): ProtoReader {
    if (this.#wireType !== bytesType) this.#wrong("a message");
    return new ProtoReader(this.#bytes, this.#at, this.#fieldEnd);
  }

  /** Packed or single doubles, appended to `into`. */
  doubles(into: number[]): void {
    if (this.#wireType === fixed64) into.push(this.double());
    else for (let at = this.#at; at + 8 <= this.#fieldEnd; at += 8) into.push(this.#bytes.readDoubleLE(at));
  }

  /** Packed or single floats, appended to `into`. */
  floats(into: number[]): void {
    if (this.#wireType === fixed32) into.push(this.float());
    else for (let at = this.#at; at + 4 <= this.#fieldEnd; at += 4) into.push(this.#bytes.readFloatLE(at));
  }

  /** Sets where the field's content begins and ends. */
  #measure(): void {
    switch (this.#wireType) {
      case varint:
        this.#integer = this.#varint();
        this.#fieldEnd = this.#at;
        return;
      case fixed64:
        this.#fieldEnd = this.#at + 8;
        return;
      case fixed32:
        this.#fieldEnd = this.#at + 4;
        return;
      case bytesType: {
        const length = this.#varint();
        this.#fieldEnd = this.#at + length;
        return;
      }
      default:
        throw this.#broken(`wire type ${this.#wireType} is not one of 0, 1, 2, 5`);
    }
  }

  #varint(): number {
    let value = 0;
    let scale = 1;
    for (let size = 0; size < 10; size++) {
      if (this.#at >= this.#end) throw this.#broken("a number reaches past the end of its message");
      const byte = this.#bytes[this.#at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
    throw this.#broken("a number is longer than 10 bytes");
  }

  #wrong(wanted: string): never {
    throw this.#broken(`field ${this.field} has wire type ${this.#wireType}, which is not ${wanted}`);
  }

  #broken(why: string): SyntaxError {
    return new SyntaxError(`read a protobuf message: ${why} (byte ${this.#at})`);
  }
}
