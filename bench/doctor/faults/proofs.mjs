// What says that a run is faulty, without the doctor: what it reached, beside its healthy twin.
import { reachedBy } from "../learned.mjs";

/** Of an accuracy, or of R². */
const clearlyWorse = 0.1;
/** Mean change of the validation accuracy from epoch to epoch, in the later half. */
const swinging = 0.03;
/** What training learnt by heart, and by how much validation stays behind it. */
const byHeart = 0.95;
const gap = 0.12;

/** Each gives undefined for a proven fault, else why it is none; of { trained, dataset } of both. */
export const proofs = {
  /** By what was done to it, whatever it reached. */
  made: () => undefined,
  worse: (faulty, twin) => {
    const [reached, wanted] = [faulty, twin].map(({ trained, dataset }) => reachedBy(trained, dataset));
    if (!(reached > wanted - clearlyWorse)) return undefined;
    return `it reached ${reached.toFixed(3)}, its twin ${wanted.toFixed(3)}`;
  },
  swings: ({ trained }, twin) => {
    const [swing, usual] = [trained, twin.trained].map(swingOf);
    if (swing >= swinging && swing >= 2 * usual) return undefined;
    return `its accuracy changes by ${swing.toFixed(3)} an epoch, its twin's by ${usual.toFixed(3)}`;
  },
  swingsOrWorse: (faulty, twin) => proofs.swings(faulty, twin) && proofs.worse(faulty, twin),
  gap: ({ trained }) => {
    const reached = (metric) => meanOf(epochs(trained, metric).slice(-5));
    const [training, validation] = [reached("accuracy"), reached("valAccuracy")];
    if (training >= byHeart && training - validation >= gap) return undefined;
    return `its accuracies are ${training.toFixed(3)} and ${validation.toFixed(3)}`;
  },
};

/** None of a training that failed. */
function epochs({ history }, metric) {
  return history?.[metric] ?? [];
}

function swingOf(trained) {
  const accuracies = epochs(trained, "valAccuracy");
  const later = accuracies.slice(accuracies.length >> 1);
  return meanOf(later.slice(1).map((value, i) => Math.abs(value - later[i])));
}

function meanOf(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
