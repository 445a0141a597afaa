/** Variables behind handles, as TensorFlow has them: a handle is a tensor, and what it stands for is kept here. */
import { tf } from "../backend.js";
import type { NamedOp } from "./namedOp.js";

/** By the handle's data. */
const values = new Map<object, tf.Tensor>();

const key = (handle: tf.Tensor | undefined) => (handle as tf.Tensor).dataId;

function valueBehind(handle: tf.Tensor | undefined): tf.Tensor {
  const value = values.get(key(handle));
  if (!value) throw new ReferenceError("a variable was used before it had a value, or after it was disposed");
  return value;
}

/** The variable has a copy of its own, whatever becomes of the tensor. */
function assign(handle: tf.Tensor | undefined, value: tf.Tensor): void {
  const before = values.get(key(handle));
  values.set(key(handle), tf.keep(tf.clone(value)));
  before?.dispose();
}

export const variableOps: Readonly<Record<string, NamedOp>> = {
  VarHandleOp: () => [tf.scalar(0, "int32")],
  AssignVariableOp([handle, value]) {
    assign(handle, value as tf.Tensor);
    return [];
  },
  AssignAddVariableOp([handle, value]) {
    assign(handle, tf.add(valueBehind(handle), value as tf.Tensor));
    return [];
  },
  AssignSubVariableOp([handle, value]) {
    assign(handle, tf.sub(valueBehind(handle), value as tf.Tensor));
    return [];
  },
  ReadVariableOp: ([handle]) => [tf.clone(valueBehind(handle))],
  DestroyResourceOp([handle]) {
    values.get(key(handle))?.dispose();
    values.delete(key(handle));
    return [];
  },
};
