// Faulty runs that are made up: a healthy one as others are made up, and one fault that is injected, its constants drawn from where it
// certainly bites, about those of the benchmark and beyond.
import { problems } from "../problems.mjs";
import { drawsOf } from "../runs/draw.mjs";
import { generated } from "../runs/generated.mjs";
import { fitted } from "./fitted.mjs";
import { flow } from "./flow.mjs";
import { given } from "./given.mjs";
import { generatedOnImages } from "./images.mjs";
import { updates } from "./updates.mjs";

/**
 * By problem: `inject(base, draw)`, pure, gives the faulty run of a healthy one; `fits(base)`, which healthy ones the fault can be
 * injected into, any if left out; `must`, what may be named in the problem's stead, `may`, what may be besides; `layers(faulty)`, where
 * the fault is; `proof`, what says that the run is faulty, as `proofs.mjs` calls it, "worse" if left out.
 */
const families = { ...flow, ...updates, ...fitted, ...given };
const names = Object.keys(problems);
/** Every so many rounds of problems one is on images. */
const imagesEvery = 4;
/** A prime, so that all kinds of data come in turn. */
const mostBases = 997;

/** The i-th of them, of the problems in turn: { definition, twin, proof }, `twin` the healthy run that it was. */
export function faulty(i) {
  const problem = names[i % names.length];
  const { inject, fits = () => true, must = [], may = [], layers, proof = "worse" } = families[problem];
  const isOnImages = Math.floor(i / names.length) % imagesEvery === imagesEvery - 1;
  const base = baseOf(i, { make: isOnImages ? generatedOnImages : generated, fits });
  const run = inject(base, drawsOf(i, `fault ${problem}`));
  const definition = {
    ...run,
    id: `${problem}-${i}`,
    family: problem,
    must: [problem, ...must],
    may,
    ...(layers && { layers: layers(run) }),
  };
  return { definition, twin: { ...base, id: `twin-${problem}-${i}`, family: "twin" }, proof, isOnImages };
}

function baseOf(i, { make, fits }) {
  for (let k = 0; k < mostBases; k++) {
    const base = make(i * mostBases + k);
    if (fits(base)) return base;
  }
  throw new Error(`fault ${i} needs a healthy run that it fits; it was given ${mostBases} others`);
}
