// Which rows or columns of a run's data are wrong, and which of them a fix took out.
import { datasetOf } from "../data/datasetOf.mjs";

/**
 * @param changes what the fix did to the data
 * @returns shares { wrong, clean } of what was wrong, and of the rest, that was taken out; undefined of a run whose fault is another
 */
export async function takenOut({ data }, seed, changes) {
  if (data.labels) return noisy(data, seed, changes);
  if (data.label) return { wrong: column(changes) ? 1 : 0, clean: 0 };
  if (data.leak) return { wrong: changes.some((step) => step === "removeLeak") ? 1 : 0, clean: 0 };
  return undefined;
}

async function noisy({ labels, ...data }, seed, changes) {
  const [right, given] = await Promise.all([datasetOf(data, seed), datasetOf({ ...data, labels }, seed)]);
  const taken = new Set(changes.find((step) => step.removeRows)?.removeRows ?? []);
  const count = { wrong: [0, 0], clean: [0, 0] };
  for (let row = 0; row < right.train.size; row++) {
    const kind = right.train.y[row] === given.train.y[row] ? "clean" : "wrong";
    count[kind][0] += taken.has(row) ? 1 : 0;
    count[kind][1]++;
  }
  return { wrong: count.wrong[0] / count.wrong[1], clean: count.clean[0] / count.clean[1] };
}

/** The label is the last of the inputs. */
function column(changes) {
  return changes.some((step) => step.blankInputs?.length === 1 && step.blankInputs[0] === 2);
}
