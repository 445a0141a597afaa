// What a faulty run could reach on its data, were it not for the fault.
import { adam, conv, run } from "../runs/defaults.mjs";

/** Of data that the benchmark has not, as the healthy ones of the faults kept apart have them. */
const usual = {
  moons: { net: { hidden: [24, 24] }, ...adam(4e-3) },
  gaussians: { net: { hidden: [24, 24] }, ...adam(3e-3) },
  spirals: { net: { hidden: [32, 32], activation: "tanh" }, ...adam(6e-3), epochs: 40 },
  waves: { net: { hidden: [32, 32], activation: "swish" }, ...adam(4e-3), epochs: 40 },
};

/**
 * The run that trains the usual net of the same data in the usual way: as many rows, the data's own faults left out. A net with
 * convolutions has one for its twin.
 */
export function healthyTwin({ id, data, net }) {
  const { shares, labels, scale, shift, label, leak, targetScale, targetShift, ...sound } = data;
  const fair = { ...sound, ...(shares && { shares }) };
  return run(`T-${id}`, { data: fair, ...usual[data.of], ...(net.conv && { net: conv }) });
}
