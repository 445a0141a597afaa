/** Of the runs those for which it holds, 0 to 1. NaN where there are no runs. */
export function share(runs, holds) {
  return runs.filter(holds).length / runs.length;
}
