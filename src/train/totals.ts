/** Sums and counts of metrics by name: a mean is the quotient of two whole numbers, however the samples were parted. */
export type Totals = Readonly<Record<string, { readonly sum: number; readonly count: number }>>;

/** Totals that grow. They share nothing with what is added. */
export type GrowingTotals = Record<string, { sum: number; count: number }>;

export function addTotals(to: GrowingTotals, more: Totals): void {
  for (const metric in more) {
    const { sum = 0, count = 0 } = more[metric] ?? {};
    const total = to[metric] ?? { sum: 0, count: 0 };
    to[metric] = total;
    total.sum += sum;
    total.count += count;
  }
}

export function meansOf(totals: Totals): Record<string, number> {
  return Object.fromEntries(Object.entries(totals).map(([metric, { sum, count }]) => [metric, sum / count]));
}
