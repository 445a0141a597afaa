/** The runs whose id or family is named; all where no names are given. */
export function chosenRuns(runs, names) {
  return names ? runs.filter(({ id, family }) => names.includes(id) || names.includes(family)) : runs;
}
