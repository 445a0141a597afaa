/** From TensorFlow.js's tensors to the numbers under which the binding holds them. */
import { backend, type tf } from "./backend.js";
import { binding } from "./binding.js";
import type { TensorValues } from "./tensorMemory.js";

/** What tfjs-node keeps of a tensor's data. */
export interface TensorData {
  /** The binding's; below 0 where the values still lie on the host. */
  id: number;
  values: TensorValues | null | undefined;
  readonly shape: number[];
  readonly dtype: number;
  /** How many tensors share the data. */
  refCount: number;
}

interface TensorMap {
  has(dataId: object): boolean;
  get(dataId: object): TensorData | undefined;
  set(dataId: object, data: TensorData): void;
}

export const tensorMap = (backend as unknown as { tensorMap: TensorMap }).tensorMap;

/** The binding's id of a tensor; uploads its values first if they are still on the host. */
export function tensorId(tensor: tf.TensorInfo): number {
  // Asked for data that it has not, the map looks for another backend's.
  const data = tensorMap.has(tensor.dataId) ? tensorMap.get(tensor.dataId) : undefined;
  if (!data) throw new RangeError(`a tensor of shape [${tensor.shape}] was used after it was disposed`);
  if (data.values !== null && data.values !== undefined) {
    data.id = binding.createTensor(data.shape, data.dtype, data.values);
    data.values = null;
  }
  return data.id;
}
