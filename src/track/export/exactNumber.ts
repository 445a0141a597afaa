/**
 * The fewest digits that give the same float64 back, in any language: `0.1`, `1e-7`, `-0.0`, `NaN`, `Infinity`. JavaScript's
 * own text of a number is that, but for −0 (ECMA-262, Number::toString).
 */
export function exactNumber(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}
