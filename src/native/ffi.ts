/**
 * TensorFlow's C API as JavaScript functions.
 *
 * Invariant: nothing here checks its arguments; a wrong one ends the process. Only src/native calls these, after its own checks.
 * Pointers are bigints; a C function's null arrives as `null` (see `isNull`). Buffers are passed as typed arrays and must outlive the call.
 */
import koffi, { type KoffiFunc, type LibraryHandle } from "koffi";

export type Pointer = bigint;
/** Whether a function returned no pointer. */
export function isNull(pointer: Pointer | null): boolean {
  return pointer === null || pointer === 0n;
}

/** Memory that a C function reads or fills during the call. */
export type Memory = NodeJS.TypedArray | null;
/** TF_Output: one output of a graph's operation. */
export interface Output {
  readonly oper: Pointer;
  readonly index: number;
}

koffi.struct("TF_Output", { oper: "void *", index: "int" });
koffi.struct("TF_Buffer", { data: "void *", length: "size_t", deallocator: "void *" });

const p = "void *";
const status = p;

/** name → [result, arguments]. One line a function, grouped as the headers group them. */
const prototypes = {
  TF_Version: ["str", []],
  TF_NewStatus: [p, []],
  TF_DeleteStatus: ["void", [p]],
  TF_SetStatus: ["void", [status, "int", "str"]],
  TF_GetCode: ["int", [status]],
  TF_Message: ["str", [status]],
  TF_NewBuffer: [p, []],
  TF_DeleteBuffer: ["void", [p]],

  TF_AllocateTensor: [p, ["int", p, "int", "size_t"]],
  TF_DeleteTensor: ["void", [p]],
  TF_TensorData: [p, [p]],
  TF_TensorByteSize: ["size_t", [p]],
  TF_TensorMaybeMove: [p, [p]],
  TF_TensorType: ["int", [p]],
  TF_NumDims: ["int", [p]],
  TF_Dim: ["int64_t", [p, "int"]],
  TF_StringInit: ["void", [p]],
  TF_StringCopy: ["void", [p, p, "size_t"]],
  TF_StringGetDataPointer: [p, [p]],
  TF_StringGetSize: ["size_t", [p]],
  TF_StringDealloc: ["void", [p]],

  TFE_NewContextOptions: [p, []],
  TFE_ContextOptionsSetConfig: ["void", [p, p, "size_t", status]],
  TFE_DeleteContextOptions: ["void", [p]],
  TFE_NewContext: [p, [p, status]],
  TFE_ContextListDevices: [p, [p, status]],
  TF_DeviceListCount: ["int", [p]],
  TF_DeviceListName: ["str", [p, "int", status]],
  TF_DeviceListType: ["str", [p, "int", status]],
  TF_DeleteDeviceList: ["void", [p]],
  TFE_ContextAddFunction: ["void", [p, p, status]],
  TFE_ContextRemoveFunction: ["void", [p, "str", status]],

  TFE_NewTensorHandle: [p, [p, status]],
  TFE_DeleteTensorHandle: ["void", [p]],
  TFE_TensorHandleDataType: ["int", [p]],
  TFE_TensorHandleNumDims: ["int", [p, status]],
  TFE_TensorHandleDim: ["int64_t", [p, "int", status]],
  TFE_TensorHandleBackingDeviceName: ["str", [p, status]],
  TFE_TensorHandleCopySharingTensor: [p, [p, status]],
  TFE_TensorHandleResolve: [p, [p, status]],
  TFE_TensorHandleCopyToDevice: [p, [p, p, "str", status]],

  TFE_NewOp: [p, [p, "str", status]],
  TFE_DeleteOp: ["void", [p]],
  TFE_OpSetDevice: ["void", [p, "str", status]],
  TFE_OpAddInput: ["void", [p, p, status]],
  TFE_OpSetAttrString: ["void", [p, "str", p, "size_t"]],
  TFE_OpSetAttrInt: ["void", [p, "str", "int64_t"]],
  TFE_OpSetAttrFloat: ["void", [p, "str", "float"]],
  TFE_OpSetAttrBool: ["void", [p, "str", "uint8_t"]],
  TFE_OpSetAttrType: ["void", [p, "str", "int"]],
  TFE_OpSetAttrShape: ["void", [p, "str", p, "int", status]],
  TFE_OpSetAttrIntList: ["void", [p, "str", p, "int"]],
  TFE_OpSetAttrFloatList: ["void", [p, "str", p, "int"]],
  TFE_OpSetAttrBoolList: ["void", [p, "str", p, "int"]],
  TFE_OpSetAttrTypeList: ["void", [p, "str", p, "int"]],
  TFE_OpSetAttrStringList: ["void", [p, "str", p, p, "int"]],
  TFE_OpSetAttrFunctionName: ["void", [p, "str", p, "size_t"]],
  TFE_Execute: ["void", [p, p, p, status]],

  TF_NewGraph: [p, []],
  TF_GraphGetOpDef: ["void", [p, "str", p, status]],
  TF_GraphToGraphDef: ["void", [p, p, status]],
  TF_DeleteGraph: ["void", [p]],
  TF_GraphSetTensorShape: ["void", [p, "TF_Output", p, "int", status]],
  TF_GraphGetTensorNumDims: ["int", [p, "TF_Output", status]],
  TF_GraphGetTensorShape: ["void", [p, "TF_Output", p, "int", status]],
  TF_GraphOperationByName: [p, [p, "str"]],
  TF_NewOperation: [p, [p, "str", "str"]],
  TF_AddInput: ["void", [p, "TF_Output"]],
  TF_AddInputList: ["void", [p, "TF_Output *", "int"]],
  TF_AddControlInput: ["void", [p, p]],
  TF_SetAttrString: ["void", [p, "str", p, "size_t"]],
  TF_SetAttrInt: ["void", [p, "str", "int64_t"]],
  TF_SetAttrFloat: ["void", [p, "str", "float"]],
  TF_SetAttrBool: ["void", [p, "str", "uint8_t"]],
  TF_SetAttrType: ["void", [p, "str", "int"]],
  TF_SetAttrShape: ["void", [p, "str", p, "int"]],
  TF_SetAttrTensor: ["void", [p, "str", p, status]],
  TF_SetAttrIntList: ["void", [p, "str", p, "int"]],
  TF_SetAttrFloatList: ["void", [p, "str", p, "int"]],
  TF_SetAttrBoolList: ["void", [p, "str", p, "int"]],
  TF_SetAttrTypeList: ["void", [p, "str", p, "int"]],
  TF_SetAttrStringList: ["void", [p, "str", p, p, "int"]],
  TF_SetAttrFuncName: ["void", [p, "str", p, "size_t"]],
  TF_FinishOperation: [p, [p, status]],
  TF_OperationName: ["str", [p]],
  TF_OperationNumOutputs: ["int", [p]],
  TF_OperationOutputType: ["int", ["TF_Output"]],
  TF_OperationGetAttrTensor: ["void", [p, "str", p, status]],
  TF_GraphToFunction: [
    p,
    [p, "str", "uint8_t", "int", p, "int", "TF_Output *", "int", "TF_Output *", p, p, "str", status],
  ],
  TF_DeleteFunction: ["void", [p]],

  TF_NewSessionOptions: [p, []],
  TF_SetConfig: ["void", [p, p, "size_t", status]],
  TF_DeleteSessionOptions: ["void", [p]],
  TF_LoadSessionFromSavedModel: [p, [p, p, "str", "str *", "int", p, p, status]],
  TF_SessionRun: ["void", [p, p, "TF_Output *", p, "int", "TF_Output *", p, "int", p, "int", p, status]],
  TF_CloseSession: ["void", [p, status]],
  TF_DeleteSession: ["void", [p, status]],
} as const;

type Argument<T> = T extends "str"
  ? string | null
  : T extends "void *"
    ? Pointer | Memory
    : T extends "TF_Output"
      ? Output
      : T extends "TF_Output *"
        ? readonly Output[] | null
        : T extends "str *"
          ? readonly string[]
          : T extends "int64_t" | "size_t"
            ? number | bigint
            : number;
type Result<T> = T extends "void"
  ? undefined
  : T extends "str"
    ? string
    : T extends "void *"
      ? Pointer
      : number;
type Arguments<T extends readonly unknown[]> = {
  -readonly [K in keyof T]: Argument<T[K]>;
} extends infer A extends unknown[]
  ? A
  : never;

/** Every function of the table; each has `.async(…, callback)`, which runs it on a thread of its own. */
export type CApi = {
  readonly [K in keyof typeof prototypes]: KoffiFunc<
    (...values: Arguments<(typeof prototypes)[K][1]>) => Result<(typeof prototypes)[K][0]>
  >;
};

/** @throws Error when a symbol is missing, which means that the library is no TensorFlow 2. */
export function bindCApi(library: LibraryHandle): CApi {
  const entries = Object.entries(prototypes).map(([name, [result, parameters]]) => [
    name,
    library.func(name, result, [...parameters]),
  ]);
  return Object.fromEntries(entries) as CApi;
}
