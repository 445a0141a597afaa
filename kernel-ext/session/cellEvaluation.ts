/** Evaluates a cell's JavaScript in the cells' scope, and holds what it came to. */
import { KeyboardInterrupt } from "./awaitRegistry.js";
import type { CellMaps } from "./cellMaps.js";
import type { CellRunner } from "./cellRunner.js";
import type { CompiledCell } from "./compiledCell.js";
import { OpenBodies } from "./openBodies.js";

/** Boxed: a promise would unwrap a bare value that has a `then`. */
export interface CellValue {
  readonly value: unknown;
}

export class CellEvaluation {
  /** Magics that the cell has begun and not ended. */
  readonly bodies = new OpenBodies();
  private result: CellValue | undefined;

  constructor(
    private readonly runner: CellRunner,
    private readonly maps: CellMaps,
  ) {}

  /** Resolves to the cell's last expression; rejects with what it threw. */
  async evaluate(cell: CompiledCell): Promise<CellValue> {
    if (cell.code === "") return { value: undefined };
    this.maps.add(cell.number, cell.source, cell.map);
    // What a cell left that was abandoned before it took it.
    this.result = undefined;
    try {
      await this.evaluateCode(cell.code);
    } catch (error) {
      await this.bodies.fail(error);
      throw error;
    }
    return this.takeResult();
  }

  /** JavaScript that is no cell's. */
  async evaluateCode(code: string): Promise<void> {
    const evaluation = await this.runner.evaluate(code);
    if (evaluation.status === "threw") throw evaluation.error;
    if (evaluation.status === "terminated") {
      this.runner.evaluator.reconnect();
      throw new KeyboardInterrupt();
    }
  }

  /** The evaluated code says what its last expression is. */
  setResult(value: unknown): void {
    this.result = { value };
  }

  private takeResult(): CellValue {
    const result = this.result ?? { value: undefined };
    this.result = undefined;
    return result;
  }
}
