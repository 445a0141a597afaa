/** What a process says once when it begins to compute without TensorFlow's library. */
export const warning =
  "TensorFlow's library was not found, so WebAssembly computes: about 7 times slower for dense layers, 13 to 40 times for convolutions, on one core, without GPU, captured steps, saved models and profiles of ops. Run `tunelab setup` to get it, then start again.";
