/** What computes a training, as its run says it, and what is said where another goes on with it. */
import { nativeInfo, tensorflowIsLoaded, wasmInfo } from "./native/index.js";
import { type Run, recordComputing } from "./track/index.js";

// A run of a loop of one's own says it too, and never loads TensorFlow for that.
recordComputing(() => (tensorflowIsLoaded() || wasmInfo() ? trainingEnvironment() : {}));

/** What computes, to the last digit: TensorFlow or WebAssembly, threads, oneDNN, the processor's extensions. */
export function trainingEnvironment(): Readonly<Record<string, unknown>> {
  const wasm = wasmInfo();
  if (wasm) return { ...wasm };
  const { tensorflow, devices, threads, oneDNN, cpu } = nativeInfo();
  return { backend: "tensorflow", tensorflow, devices, threads, oneDNN, cpu };
}

/** Says in one line, and keeps with a run that is resumed, that something else computes from here on. */
export function noteBackend(run: Pick<Run, "name" | "record" | "describe" | "problem">, step: number): void {
  const { environment: before } = run.record;
  const now = trainingEnvironment();
  const earlier = backendOf(before);
  if (earlier === undefined || earlier === now.backend) return;
  const sofar = Array.isArray(before.earlierBackends) ? before.earlierBackends : [];
  run.describe({
    environment: { ...now, earlierBackends: [...sofar, { backend: earlier, untilStep: step }] },
  });
  run.problem(
    `run "${run.name}" was computed by ${earlier} until step ${step} and goes on with ${now.backend}: its numbers differ from one backend's alone in the last digits`,
  );
}

/** Runs of earlier versions name TensorFlow's version alone. */
function backendOf({ backend, tensorflow }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof backend === "string") return backend;
  return tensorflow === undefined ? undefined : "tensorflow";
}
