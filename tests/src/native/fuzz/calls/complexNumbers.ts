/** Fourier transforms, and numbers turned into complex ones and other types. */
import type { TensorSpec } from "../draw.js";
import { type Calls, twoAlike } from "./maker.js";

export const complexNumbers: Calls = {
  "spectral.fft": (d) => [d.tensor("complex64", d.shape(d.int(1, 3)))],
  "spectral.ifft": (d) => [d.tensor("complex64", d.shape(d.int(1, 3)))],
  "spectral.rfft": (d) => [d.float(d.shape(d.int(1, 3))), d.int(1, 6)],
  "spectral.irfft": (d) => [d.tensor("complex64", d.shape(d.int(1, 2)))],
  complex: (d) => twoAlike("float32", d).map((t) => d.float((t as TensorSpec).shape)),
  real: (d) => [d.tensor("complex64", d.shape(2))],
  imag: (d) => [d.tensor("complex64", d.shape(2))],
  cast: (d) => [
    d.tensor(d.pick(["float32", "int32", "bool", "complex64", "string"]), d.shape(d.int(0, 3))),
    d.pick(["float32", "int32", "bool", "complex64", "string"]),
  ],
};
