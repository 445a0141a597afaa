/** The part of a TrueType font that measuring and subsetting need. */

export interface Table {
  readonly tag: string;
  readonly offset: number;
  readonly length: number;
}

/** Source: OpenType specification, tables head, hhea, hmtx, maxp, cmap (format 4 and 12), loca. */
export class TrueType {
  readonly tables: ReadonlyMap<string, Table>;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  /** True when `loca` holds 32-bit offsets. */
  readonly longOffsets: boolean;
  readonly #view: DataView;
  readonly #metrics: number;
  readonly #map: ReadonlyMap<number, number>;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.tables = this.#directory();
    this.unitsPerEm = this.#view.getUint16(this.at("head") + 18);
    this.longOffsets = this.#view.getInt16(this.at("head") + 50) === 1;
    this.glyphCount = this.#view.getUint16(this.at("maxp") + 4);
    this.#metrics = this.#view.getUint16(this.at("hhea") + 34);
    this.#map = this.#characters();
  }

  /** Offset of a table. @throws RangeError if the font has none of that name. */
  at(tag: string): number {
    const table = this.tables.get(tag);
    if (!table) throw new RangeError(`read font: it must hold a table ${tag}, and there is none`);
    return table.offset;
  }

  /** The glyph of a code point; 0, the box, if the font has none. */
  glyph(codePoint: number): number {
    return this.#map.get(codePoint) ?? 0;
  }

  /** In units of which `unitsPerEm` make the font's size. */
  advance(glyph: number): number {
    return this.#view.getUint16(this.at("hmtx") + 4 * Math.min(glyph, this.#metrics - 1));
  }

  /** Start and end of a glyph's outline inside `glyf`. */
  outline(glyph: number): [number, number] {
    const loca = this.at("loca");
    const offset = (index: number) =>
      this.longOffsets ? this.#view.getUint32(loca + 4 * index) : 2 * this.#view.getUint16(loca + 2 * index);
    return [offset(glyph), offset(glyph + 1)];
  }

  /** Width of a line of text in pixels, without kerning. */
  width(text: string, size: number): number {
    let units = 0;
    for (const char of text) units += this.advance(this.glyph(char.codePointAt(0) ?? 0));
    return (units * size) / this.unitsPerEm;
  }

  #directory(): Map<string, Table> {
    const tables = new Map<string, Table>();
    for (let i = 0; i < this.#view.getUint16(4); i++) {
      const entry = 12 + 16 * i;
      const tag = String.fromCharCode(...this.bytes.subarray(entry, entry + 4));
      tables.set(tag, {
        tag,
        offset: this.#view.getUint32(entry + 8),
        length: this.#view.getUint32(entry + 12),
      });
    }
    return tables;
  }

  #characters(): Map<number, number> {
    const cmap = this.at("cmap");
    const map = new Map<number, number>();
    for (let i = 0; i < this.#view.getUint16(cmap + 2); i++) {
      const platform = this.#view.getUint16(cmap + 4 + 8 * i);
      const start = cmap + this.#view.getUint32(cmap + 8 + 8 * i);
      const format = this.#view.getUint16(start);
      if ((platform === 0 || platform === 3) && format === 4) this.#readFormat4(start, map);
      if ((platform === 0 || platform === 3) && format === 12) this.#readFormat12(start, map);
    }
    return map;
  }

  #readFormat4(start: number, map: Map<number, number>): void {
    const view = this.#view;
    const twice = view.getUint16(start + 6);
    for (let i = 0; i < twice; i += 2) {
      const end = view.getUint16(start + 14 + i);
      const first = view.getUint16(start + 16 + twice + i);
      const delta = view.getUint16(start + 16 + 2 * twice + i);
      const range = start + 16 + 3 * twice + i;
      const offset = view.getUint16(range);
      for (let code = first; code <= end && code < 0xffff; code++) {
        const glyph = offset === 0 ? code : view.getUint16(range + offset + 2 * (code - first));
        if (glyph !== 0) map.set(code, (glyph + delta) & 0xffff);
      }
    }
  }

  #readFormat12(start: number, map: Map<number, number>): void {
    const view = this.#view;
    for (let i = 0; i < view.getUint32(start + 12); i++) {
      const group = start + 16 + 12 * i;
      const [first, end, glyph] = [
        view.getUint32(group),
        view.getUint32(group + 4),
        view.getUint32(group + 8),
      ];
      for (let code = first; code <= end; code++) map.set(code, glyph + code - first);
    }
  }
}
