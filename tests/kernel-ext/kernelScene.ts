/** A kernel for all tests of a file. */
import { afterAll, beforeAll } from "vitest";
import { type ClientOptions, type Execution, KernelClient, streamText } from "./kernelClient.js";

export interface KernelScene {
  /** Runs from the first test to the last. */
  readonly kernel: KernelClient;
  /** Executes a cell. @throws what the cell threw, as text. */
  run(source: string): Promise<Execution>;
  /** What a cell wrote to stdout. @throws as `run` does. */
  out(source: string): Promise<string>;
}

/** Starts a kernel before the tests of the file that calls this, and ends it after them. */
export function kernelScene(options: ClientOptions = {}): KernelScene {
  let kernel: KernelClient;
  beforeAll(async () => {
    kernel = await KernelClient.start(options);
  });
  afterAll(() => kernel.close());

  async function run(source: string): Promise<Execution> {
    const execution = await kernel.execute(source);
    const error = execution.messages.find(({ type }) => type === "error")?.content;
    if (error) throw new Error(`${String(error.ename)}: ${String(error.evalue)}`);
    return execution;
  }

  return {
    get kernel() {
      return kernel;
    },
    run,
    out: async (source) => streamText(await run(source), "stdout"),
  };
}
