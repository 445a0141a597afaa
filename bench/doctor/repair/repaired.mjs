// Whether a run is repaired, strictly: the verdict is gone, nothing new came, and the model is as good as one without the fault.

/** What validation may stay behind the healthy twin's. */
const slack = 0.03;
/** Of the rows that are wrong the least share that must be found, and of the others the most that may be. */
const named = { wrong: 0.8, clean: 0.1 };

/**
 * @param facts { must, before, after, accuracy, twin, rows? }: `before` and `after` are alarms as `judged` gives them; accuracies are those of the
 *   validation split of the fixed training, of the healthy twin, and of the faulty run (`had`), which must not be better either; `rows`, of faults that lie in single rows or columns: { wrong, clean }, the
 *   shares of the wrong and of the others that were taken out
 * @returns { gone, quiet, reached, repaired }; of faults in rows `reached` says whether the right ones were taken out
 */
export function repaired({ must, before, after, accuracy, twin, had, rows }) {
  const known = new Set(before.map(({ name }) => name));
  const gone = !after.some(({ problem }) => must.includes(problem));
  const quiet = after.every(({ name }) => known.has(name));
  const reached = rows
    ? rows.wrong >= named.wrong && rows.clean <= named.clean
    : accuracy >= Math.max(twin, had) - slack;
  return { gone, quiet, reached, repaired: gone && quiet && reached };
}

/** The trainings of each run by a name, such as their ids. */
export function grouped(all, nameOf) {
  const groups = new Map();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}

/** Share of the runs most of whose seeds are repaired: of three, two. */
export function repairRate(all) {
  const runs = [...grouped(all, ({ id }) => id).values()];
  const isRepaired = (seeds) => seeds.filter((one) => one.repaired).length > seeds.length / 2;
  return runs.filter(isRepaired).length / runs.length;
}
