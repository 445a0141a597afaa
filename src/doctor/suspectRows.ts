/**
 * Training samples whose labels the model contradicts, and how many more there are than it would get wrong by itself.
 *
 * A net learns what most samples say before it learns single ones by heart (Arpit et al., ICML 2017; Arazo et al., ICML 2019),
 * so on a sample with a wrong label it gives the right class for some epochs. What it says to a sample while it trains is
 * collected over epochs as in Pleiss et al. (NeurIPS 2020), and counted by label and answer as in confident learning
 * (Northcutt et al., JAIR 2021):
 *  - of each sample the class it was given most often, in epochs around the first in which validation was near its best;
 *  - s, the share of samples whose class is not their label; 1 − v, the share of validation samples that are wrong;
 *  - the model errs on rightly labelled samples as on validation's, and on wrongly labelled ones it contradicts the label:
 *    s = η + (1 − η)(1 − v), so η = (s + v − 1) / v of the labels are wrong. Answers of several epochs are better than one
 *    epoch's: η is rather too small.
 */
import type { RowEpoch, RowLossTable } from "../track/index.js";

/** How far below its best the accuracy of validation is near it. */
const nearBest = 0.02;
const mostEpochs = 4;
/** Share of the epochs in which a sample's label is contradicted, where wrong labels are of all kinds. */
export const contradictedShare = 0.75;
/** A label goes with another class by a rule where so much of η of its answers are that, */
const frequent = 0.6;
/** so many times more than the other way round, */
const oneWay = 1.2;
/** and all such pairs make so much of η. */
const mostOfNoise = 0.7;

export interface Suspects {
  /** Estimated share of wrong labels, η. */
  readonly noise: number;
  /** s */
  readonly contradicted: number;
  /** v, the best of the epochs. */
  readonly accuracy: number;
  /** How many samples were looked at. */
  readonly samples: number;
  /** Places in the training split, the highest loss first. */
  readonly rows: readonly number[];
  /** Labels and the class that samples with them seem to have, where wrong labels are of few kinds. */
  readonly pairs: readonly Pair[];
  readonly epochs: readonly number[];
}

/**
 * Undefined where there are less than two epochs to look at.
 *
 * @param valAccuracy of each epoch, from the first on
 * @param options `steady`: a label counts as contradicted where three quarters of the epochs have one and the same other class
 */
export function suspectRows(
  table: RowLossTable,
  valAccuracy: readonly number[],
  { steady = false }: { readonly steady?: boolean } = {},
): Suspects | undefined {
  const epochs = epochsThatCount(table.epochs, valAccuracy);
  if (epochs.length < 2) return undefined;
  const votes = countVotes(table.labels, epochs);
  const accuracy = Math.max(...epochs.map(({ epoch }) => valAccuracy[epoch - 1] as number));
  const known = votes.filter(({ epochs: counted }) => counted > 0);
  if (known.length === 0) return undefined;
  const wrong = known.filter(
    ({ label, said, most, epochs: all }) => said !== label && (!steady || most >= contradictedShare * all),
  );
  const contradicted = wrong.length / known.length;
  const noise = (contradicted + accuracy - 1) / accuracy;
  const pairs = oneWayPairs(known, noise);
  const [named, kinds] = pairs
    ? [
        known.filter((row) =>
          pairs.some((pair) => pair.label === row.label && row.answers.includes(pair.class)),
        ),
        pairs,
      ]
    : [wrong.filter(({ against, epochs: all }) => against >= contradictedShare * all), []];
  const sorted = [...named].sort((a, b) => b.loss - a.loss);
  return {
    noise,
    contradicted,
    accuracy,
    samples: known.length,
    rows: sorted.map(({ row }) => row * table.distance),
    pairs: kinds,
    epochs: epochs.map(({ epoch }) => epoch),
  };
}

/**
 * A few around the first in which validation was near its best: later ones know wrong labels by heart. The first epoch of all is
 * spent on learning anything.
 */
function epochsThatCount(all: readonly RowEpoch[], valAccuracy: readonly number[]): RowEpoch[] {
  const best = Math.max(...valAccuracy);
  const first = valAccuracy.findIndex((value) => value >= best - nearBest) + 1;
  return all.filter(({ epoch }) => epoch > 1 && epoch <= Math.max(6, 2 * first)).slice(-mostEpochs);
}

interface Voted {
  readonly row: number;
  readonly label: number;
  /** The class that was answered most often; of several the first. */
  readonly said: number;
  /** In how many epochs. */
  readonly most: number;
  /** One for each epoch that has one. */
  readonly answers: readonly number[];
  /** Epochs with another answer than the label. */
  readonly against: number;
  /** Epochs with an answer. */
  readonly epochs: number;
  /** Mean of them. */
  readonly loss: number;
}

/** Of a large run these are tens of thousands: plain loops and lists are nearly twice as fast as iterators and maps. */
function countVotes(labels: Float32Array, epochs: readonly RowEpoch[]): Voted[] {
  const votes: Voted[] = [];
  for (let row = 0; row < labels.length; row++) votes.push(voted(row, labels[row] as number, epochs));
  return votes;
}

function voted(row: number, label: number, all: readonly RowEpoch[]): Voted {
  const given: number[] = [];
  let against = 0;
  let loss = 0;
  for (const { answers, losses } of all) {
    const answer = answers[row] as number;
    if (Number.isNaN(answer) || Number.isNaN(label)) continue;
    given.push(answer);
    loss += losses[row] as number;
    if (answer !== label) against++;
  }
  const epochs = given.length;
  let said = label;
  let most = 0;
  for (const answer of given) {
    const count = countOf(answer, given);
    if (count <= most) continue;
    said = answer;
    most = count;
  }
  return { row, label, said, most, answers: given, against, epochs, loss: loss / epochs };
}

function countOf(answer: number, answers: readonly number[]): number {
  let count = 0;
  for (const other of answers) if (other === answer) count++;
  return count;
}

interface Pair {
  readonly label: number;
  readonly class: number;
}

/**
 * Where labels of one class were given to another by a rule, such as one class taken for the next: pairs that hold 0.6 times
 * η of the answers to a label at least, and more than the other way round. Undefined where they do not make up for most of η, as
 * wrong labels of all kinds do not.
 */
function oneWayPairs(votes: readonly Voted[], noise: number): Pair[] | undefined {
  let highest = 0;
  for (const { label, answers } of votes) {
    if (label > highest) highest = label;
    for (const answer of answers) if (answer > highest) highest = answer;
  }
  const classes = 1 + highest;
  const counts = new Float64Array(classes * classes);
  const ofLabel = new Float64Array(classes);
  for (const { label, answers } of votes)
    for (const said of answers) {
      counts[label * classes + said] = (counts[label * classes + said] as number) + 1;
      ofLabel[label] = (ofLabel[label] as number) + 1;
    }
  const count = (label: number, said: number) => counts[label * classes + said] as number;
  const share = (label: number, said: number) => count(label, said) / Math.max(1, ofLabel[label] as number);
  const pairs: Pair[] = [];
  let explained = 0;
  for (let label = 0; label < classes; label++)
    for (let said = 0; said < classes; said++) {
      if (said === label || share(label, said) < frequent * noise) continue;
      if (share(label, said) < oneWay * share(said, label)) continue;
      pairs.push({ label, class: said });
      explained += count(label, said);
    }
  const all = ofLabel.reduce((sum, of) => sum + of, 0);
  return explained >= mostOfNoise * noise * all ? pairs : undefined;
}
