import { type OptionNames, refuseUnknown } from "../base/knownOptions.js";
import { tf } from "../native/backend.js";
import { inRange } from "./bounds.js";
import { givenOptimizer } from "./givenOptimizer.js";
import { halfSquares } from "./norm.js";
import type { AscentInput, Optimizer } from "./optimizer.js";
import { named } from "./readInput.js";
import { settings } from "./settings.js";
import { wrapped } from "./wrapped.js";

export interface SamOptions {
  /** Radius of the neighbourhood, at least 0; default 0.05, with `adaptive` 0.5 or more is usual. */
  readonly rho?: number;
  /** Measures the neighbourhood in each weight's own size (Kwon et al. 2021, without their η). Default false. */
  readonly adaptive?: boolean;
}

const known: OptionNames<SamOptions> = { rho: true, adaptive: true };

/** Keeps the direction finite where all gradients are 0. */
const tiny = 1e-12;

/**
 * Sharpness-aware minimisation: the inner optimiser is given the gradient at w + rho·g/‖g‖₂, the norm being over all
 * weights (Foret et al. 2021, algorithm 1). A step has two passes with the same dropout, so it costs about twice as
 * much; its loss, metrics and batch norm's statistics are those of the first, recorded gradients those of the second.
 *
 * @throws TypeError unless given one of this library's optimisers; RangeError for an option out of its range.
 * @example sam(sgd({ learningRate: 0.1, momentum: 0.9 }), { rho: 0.05 })
 */
export function sam(inner: Optimizer, options: SamOptions = {}): Optimizer {
  const given = givenOptimizer("sam", inner);
  if (given.ascend !== undefined)
    throw new TypeError(`sam needs an optimizer that takes one gradient a step; it was given ${given.name}`);
  refuseUnknown("sam", options, known);
  const rho = inRange("sam's rho", options.rho ?? 0.05, { least: 0 });
  const { adaptive = false } = options;
  return wrapped(given, {
    name: "sam",
    structure: adaptive ? "asam" : "sam",
    settings: settings(options),
    ascend: (input) => ascend(input, adaptive),
    scalars: () => ({ rho }),
  });
}

function ascend({ gradients, parameters, scalars }: AscentInput, adaptive: boolean): tf.Tensor[] {
  const { rho } = named(scalars, ["rho"]);
  const pairs = gradients.map((gradient, i) => ({ gradient, parameter: parameters[i] as tf.Tensor }));
  const halves = pairs.map(({ gradient, parameter }) =>
    halfSquares(adaptive ? tf.mul(parameter, gradient) : gradient),
  );
  const scale = tf.div(rho, tf.add(tf.sqrt(tf.mul(tf.addN(halves), 2)), tiny));
  return pairs.map(({ gradient, parameter }) => {
    const direction = adaptive ? tf.mul(tf.square(parameter), gradient) : gradient;
    return tf.add(parameter, tf.mul(direction, scale));
  });
}
