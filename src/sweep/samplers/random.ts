/** Random search (Bergstra & Bengio 2012, JMLR 13): every parameter independently and uniformly. */
import type { ParameterValue } from "../distribution.js";
import type { Parameters } from "../space.js";
import { drawParameter, trialSeed } from "../trialSeed.js";
import type { Sampler, SamplerView } from "./sampler.js";

/** Draws thrown away as taken before the first free combination is looked up instead. */
const drawAttempts = 40;

export function randomSampler(): Sampler {
  return { name: "random", options: {}, propose: proposeUniformly };
}

/** A uniform draw of every known parameter that is not taken yet. */
export function proposeUniformly(view: SamplerView, number: number): Parameters | "wait" | "exhausted" {
  if (view.exhausted) return "exhausted";
  const seed = trialSeed(view.seed, number);
  for (let attempt = 0; attempt < drawAttempts; attempt++) {
    const params: Record<string, ParameterValue> = {};
    for (const [name, distribution] of Object.entries(view.space))
      params[name] = drawParameter({ name, distribution }, seed, attempt);
    if (!view.isTaken(params)) return params;
  }
  return view.firstFree();
}
