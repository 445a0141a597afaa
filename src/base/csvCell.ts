/** A text as a cell of comma-separated values (RFC 4180). */

/** Beginnings that spreadsheets take for a formula, the full-width forms too (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

export interface CsvCellOptions {
  /** A text that begins as a formula does is left so; else a `'` is put before it. */
  readonly raw?: boolean;
}

/** Quoted where it has commas, quotes or line breaks. Numbers are no texts: a `-` before them begins no formula. */
export function csvCell(text: string, { raw = false }: CsvCellOptions = {}): string {
  const safe = !raw && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
