/**
 * Calls as TensorFlow.js documents them, by the function's name: what is made wrong must first be right. Left out are
 * truncatedNormal, signal.frame and signal.stft, which TensorFlow.js computes in loops of JavaScript that wrong numbers
 * make endless.
 */
import { choices } from "./calls/choices.js";
import { complexNumbers } from "./calls/complexNumbers.js";
import { convolutions } from "./calls/convolutions.js";
import { elementwise } from "./calls/elementwise.js";
import { gathers } from "./calls/gathers.js";
import { images } from "./calls/images.js";
import { losses } from "./calls/losses.js";
import type { Calls } from "./calls/maker.js";
import { matrices } from "./calls/matrices.js";
import { poolings } from "./calls/poolings.js";
import { random } from "./calls/random.js";
import { sequences } from "./calls/sequences.js";
import { shapes } from "./calls/shapes.js";
import { slices } from "./calls/slices.js";
import { sparse } from "./calls/sparse.js";
import { texts } from "./calls/texts.js";

/** The names' order is part of what a seed means: a new family comes last. */
export const rightCalls: Calls = {
  ...elementwise,
  ...convolutions,
  ...poolings,
  ...gathers,
  ...slices,
  ...shapes,
  ...choices,
  ...matrices,
  ...complexNumbers,
  ...sequences,
  ...random,
  ...losses,
  ...images,
  ...sparse,
  ...texts,
};
