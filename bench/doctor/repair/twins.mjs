// What a faulty run could reach on its data, were it not for the fault.
import { conv, run } from "../runs/defaults.mjs";

/**
 * The run that trains the usual net of the same data in the usual way: as many rows, the data's own faults left out. A net with
 * convolutions has one for its twin.
 */
export function healthyTwin({ id, data, net }) {
  const { shares, labels, scale, shift, label, leak, ...sound } = data;
  const fair = { ...sound, ...(shares && { shares }) };
  return run(`T-${id}`, { data: fair, ...(net.conv && { net: conv }) });
}
