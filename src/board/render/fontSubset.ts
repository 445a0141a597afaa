/**
 * A font with the outlines of a few characters only, small enough to travel inside a drawing.
 *
 * Glyphs keep their numbers; outlines and widths of the others are blanked, tables for hinting and layout are left
 * out, and the rest is packed as WOFF 1.0 (each table deflated). About 10 KB for the text of a board.
 */
import { deflateSync } from "node:zlib";
import type { TrueType } from "./trueType.js";

/** The font's bytes as WOFF. Same text, same bytes. */
export function fontSubset(font: TrueType, text: string): Uint8Array {
  const codes = [...new Set(text)].map((char) => char.codePointAt(0) ?? 0).sort((a, b) => a - b);
  const present = codes.filter((code) => code > 0 && code < 0xffff && font.glyph(code) > 0);
  const glyphs = withComponents(font, [0, ...present.map((code) => font.glyph(code))]);
  const { glyf, loca } = outlines(font, glyphs);
  const head = table(font, "head");
  new DataView(head.buffer).setInt16(50, 1);
  return woff([
    ["OS/2", table(font, "OS/2")],
    ["cmap", characterMap(font, present)],
    ["glyf", glyf],
    ["head", head],
    ["hhea", table(font, "hhea")],
    ["hmtx", metrics(font, glyphs)],
    ["loca", loca],
    ["maxp", table(font, "maxp")],
    ["name", new Uint8Array([0, 0, 0, 0, 0, 6])],
    ["post", new Uint8Array([0, 3, ...new Array(30).fill(0)])],
  ]);
}

function table(font: TrueType, tag: string): Uint8Array<ArrayBuffer> {
  const { offset, length } = font.tables.get(tag) ?? { offset: font.at(tag), length: 0 };
  return Uint8Array.from(font.bytes.subarray(offset, offset + length));
}

/** The glyphs and those that composite ones (such as ä) are made of. */
function withComponents(font: TrueType, wanted: readonly number[]): Set<number> {
  const view = new DataView(font.bytes.buffer, font.bytes.byteOffset, font.bytes.byteLength);
  const glyphs = new Set<number>();
  const visit = (glyph: number): void => {
    if (glyphs.has(glyph)) return;
    glyphs.add(glyph);
    const [start, end] = font.outline(glyph);
    let at = font.at("glyf") + start;
    if (start === end || view.getInt16(at) >= 0) return;
    at += 10;
    for (let flags = 0x20; flags & 0x20; ) {
      flags = view.getUint16(at);
      visit(view.getUint16(at + 2));
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
    }
  };
  for (const glyph of wanted) visit(glyph);
  return glyphs;
}

function outlines(font: TrueType, glyphs: ReadonlySet<number>): { glyf: Uint8Array; loca: Uint8Array } {
  const loca = new DataView(new ArrayBuffer(4 * (font.glyphCount + 1)));
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let glyph = 0; glyph < font.glyphCount; glyph++) {
    loca.setUint32(4 * glyph, length);
    if (!glyphs.has(glyph)) continue;
    const [start, end] = font.outline(glyph);
    const part = font.bytes.subarray(font.at("glyf") + start, font.at("glyf") + end);
    parts.push(part);
    length += part.length;
  }
  loca.setUint32(4 * font.glyphCount, length);
  return { glyf: Buffer.concat(parts), loca: new Uint8Array(loca.buffer) };
}

function metrics(font: TrueType, glyphs: ReadonlySet<number>): Uint8Array {
  const bytes = table(font, "hmtx");
  const full = new DataView(font.bytes.buffer, font.bytes.byteOffset).getUint16(font.at("hhea") + 34);
  for (let glyph = 0; glyph < full; glyph++) if (!glyphs.has(glyph)) bytes.fill(0, 4 * glyph, 4 * glyph + 4);
  return bytes;
}

/** A `cmap` of format 4, one segment a character. */
function characterMap(font: TrueType, codes: readonly number[]): Uint8Array {
  const segments = [...codes, 0xffff];
  const count = segments.length;
  const view = new DataView(new ArrayBuffer(12 + 16 + 8 * count));
  const power = Math.floor(Math.log2(count));
  const range = 2 * 2 ** power;
  const header = [0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, 2 * count, range, power, 2 * count - range];
  for (const [i, value] of header.entries()) view.setUint16(2 * i, value);
  segments.forEach((code, i) => {
    const delta = code === 0xffff ? 1 : font.glyph(code) - code;
    view.setUint16(26 + 2 * i, code);
    view.setUint16(28 + 2 * count + 2 * i, code);
    view.setUint16(28 + 4 * count + 2 * i, delta & 0xffff);
  });
  return new Uint8Array(view.buffer);
}

const padded = (length: number) => (length + 3) & ~3;

/** Source: WOFF File Format 1.0, W3C 2012. */
function woff(tables: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const packed = tables.map(([tag, bytes]) => {
    const deflated = deflateSync(bytes, { level: 9 });
    return { tag, bytes, stored: deflated.length < bytes.length ? deflated : bytes };
  });
  const start = 44 + 20 * packed.length;
  const total = packed.reduce((sum, { stored }) => sum + padded(stored.length), start);
  const font = Buffer.alloc(total);
  font.write("wOFF", 0, "latin1");
  font.writeUInt32BE(0x00010000, 4);
  font.writeUInt32BE(total, 8);
  font.writeUInt16BE(packed.length, 12);
  font.writeUInt32BE(
    packed.reduce((sum, { bytes }) => sum + padded(bytes.length), 12 + 16 * packed.length),
    16,
  );
  let offset = start;
  packed.forEach(({ tag, bytes, stored }, i) => {
    const entry = 44 + 20 * i;
    font.write(tag, entry, "latin1");
    font.writeUInt32BE(offset, entry + 4);
    font.writeUInt32BE(stored.length, entry + 8);
    font.writeUInt32BE(bytes.length, entry + 12);
    font.writeUInt32BE(checksum(bytes), entry + 16);
    font.set(stored, offset);
    offset += padded(stored.length);
  });
  return font;
}

function checksum(bytes: Uint8Array): number {
  const whole = Buffer.alloc(padded(bytes.length));
  whole.set(bytes);
  let sum = 0;
  for (let i = 0; i < whole.length; i += 4) sum = (sum + whole.readUInt32BE(i)) >>> 0;
  return sum;
}
