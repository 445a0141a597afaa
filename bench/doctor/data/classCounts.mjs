/** How many of the labels, 0 to `classes` − 1, are of each class. */
export function classCounts(labels, classes) {
  const counts = Array(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
