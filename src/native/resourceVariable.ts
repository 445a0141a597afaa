/** A variable that lives in TensorFlow and that captured steps read and write in place. */
import { tf } from "./backend.js";
import { binding } from "./binding.js";
import { onWasm } from "./core.js";
import { DType } from "./dtypes.js";
import type { Handle } from "./handles.js";
import { op, op1 } from "./op.js";
import { tensorId } from "./tensorId.js";

/**
 * TensorFlow's own word for a variable without a name (core/framework/resource_handle.h, ANONYMOUS_NAME). A name of
 * its own would leave a kernel in TensorFlow's cache for every variable that ever was.
 */
const anonymous = "cd2c89b7-88b7-44c8-ad83-06c2a9158347";

/**
 * Lifecycle: made with a value, read and written by whoever holds the handle, disposed once (nothing else frees it).
 * Invariant: type and shape never change.
 */
export class ResourceVariable {
  #handle: Handle | undefined;
  readonly shape: readonly number[];
  readonly dtype: number;
  /** The same, for ops that are run one by one. */
  readonly resource: tf.Tensor;

  constructor(initial: tf.Tensor) {
    this.shape = initial.shape;
    this.dtype = onWasm
      ? DType[initial.dtype as "float32"]
      : binding.handle(tensorId(initial), "a variable").dtype;
    const attributes = {
      types: { dtype: this.dtype },
      shapes: { shape: initial.shape },
      strings: { container: "", shared_name: anonymous },
    };
    this.resource = tf.keep(op1("VarHandleOp", attributes, []));
    this.assign(initial);
  }

  /** What a captured function takes as its input. */
  get handle(): Handle {
    this.#handle ??= binding.handle(tensorId(this.resource), "a variable");
    return this.#handle;
  }

  assign(value: tf.Tensor): void {
    op("AssignVariableOp", { types: { dtype: this.dtype } }, [this.resource, value], 0);
  }

  /** A tensor with the present value; the caller disposes it. Later updates do not change it. */
  read(): tf.Tensor {
    return op1("ReadVariableOp", { types: { dtype: this.dtype } }, [this.resource]);
  }

  dispose(): void {
    op("DestroyResourceOp", {}, [this.resource], 0);
    this.resource.dispose();
  }
}
