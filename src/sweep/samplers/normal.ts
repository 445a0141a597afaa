/** The normal distribution cut off at two ends, in logarithms, so that far tails keep their digits. */

/**
 * P(t) = log(erfc(z)/t) + z², t = 2/(2 + z), as a Chebyshev series on [0, 1] (form of Numerical Recipes, 3rd ed.,
 * 6.2.2; coefficients computed with 60 digits by tests/oracles/sweep/logErfc.py).
 */
const series = [
  -1.3026537197817094, 0.6419697923564902, 0.019476473204185836, -0.009561514786808632,
  -0.0009465953444820369, 0.00036683949785276145, 4.252332480690777e-5, -2.0278578112534242e-5,
  -1.6242900046470256e-6, 1.3036558355805232e-6, 1.5626441722066142e-8, -8.523809591492654e-8,
  6.5290544390988515e-9, 5.059343495551469e-9, -9.91364156493033e-10, -2.273651222931836e-10,
  9.646791102015527e-11, 2.3940380830391146e-12, -6.886027526497553e-12, 8.944879273090725e-13,
  3.130921399342958e-13, -1.1270822361367252e-13, 3.810905255189232e-16, 7.106097613609237e-15,
  -1.5230282014571043e-15, -9.457494571291233e-17, 1.210237189224279e-16, -2.816663087747177e-17,
];

/** log erfc(z) for z ≥ 0. */
function logErfc(z: number): number {
  const t = 2 / (2 + z);
  const x = 4 * t - 2;
  let d = 0;
  let dd = 0;
  for (let j = series.length - 1; j > 0; j--) {
    const kept = d;
    d = x * d - dd + (series[j] as number);
    dd = kept;
  }
  return Math.log(t) - z * z + 0.5 * ((series[0] as number) + x * d) - dd;
}

/** log Φ(x), Φ the cumulative normal distribution. */
export function logNdtr(x: number): number {
  const tail = -Math.LN2 + logErfc(Math.abs(x) * Math.SQRT1_2);
  return x <= 0 ? tail : Math.log1p(-Math.exp(tail));
}

/** log(Φ(b) − Φ(a)) for a < b, on whichever side loses fewer digits. */
export function logGaussMass(a: number, b: number): number {
  if (b <= 0) return logDifference(logNdtr(b), logNdtr(a));
  if (a >= 0) return logDifference(logNdtr(-a), logNdtr(-b));
  return Math.log1p(-Math.exp(logNdtr(a)) - Math.exp(logNdtr(-b)));
}

/** log(eˣ − eʸ), x > y. */
function logDifference(x: number, y: number): number {
  return x + Math.log(-Math.expm1(y - x));
}

function logSum(x: number, y: number): number {
  const top = Math.max(x, y);
  return top === Number.NEGATIVE_INFINITY ? top : top + Math.log1p(Math.exp(Math.min(x, y) - top));
}

const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** log of the density of the standard normal. */
export function logNormalPdf(x: number): number {
  return -0.5 * x * x - halfLogTau;
}

/** The x in [a, b] below which the share `q` of the normal cut to [a, b] lies; q in [0, 1]. */
export function truncatedQuantile(q: number, a: number, b: number): number {
  if (a >= 0) return -truncatedQuantile(1 - q, -b, -a);
  if (q <= 0) return a;
  if (q >= 1) return b;
  return invertLogNdtr(logSum(logNdtr(a), Math.log(q) + logGaussMass(a, b)), a, b);
}

/** Newton's method on log Φ, which is concave, kept inside a shrinking bracket. */
function invertLogNdtr(target: number, from: number, to: number): number {
  let low = from;
  let high = to;
  let x = Math.min(high, Math.max(low, 0));
  for (let i = 0; i < 80; i++) {
    const value = logNdtr(x);
    if (value > target) high = x;
    else low = x;
    const newton = x - (value - target) / Math.exp(logNormalPdf(x) - value);
    const next = newton > low && newton < high ? newton : 0.5 * (low + high);
    if (Math.abs(next - x) <= 1e-14 * Math.max(1, Math.abs(x))) return next;
    x = next;
  }
  return x;
}
