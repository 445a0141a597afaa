/** Runs the handlers of comm messages as cells are run. */
import type { CellEvaluation } from "./cellEvaluation.js";
import { defineFixed, defineGlobal } from "./cellGlobals.js";
import type { Comms } from "./comms.js";
import type { CommCommand } from "./protocol.js";

/** How evaluated code takes up a comm message: a key of the global object. */
const deliverKey = "__tskDeliver";

export class CommDelivery {
  /** The message that the evaluated `deliverKey` takes up. */
  private message: CommCommand | undefined;

  constructor(
    private readonly comms: Comms,
    private readonly evaluation: CellEvaluation,
  ) {}

  installGlobals(): void {
    defineGlobal("comms", () => this.comms.global);
    defineFixed(deliverKey, async () => {
      const { message } = this;
      this.message = undefined;
      if (message) await this.comms.deliver(message);
    });
  }

  /** By way of the evaluator, so that an interrupt ends a handler as it ends a cell. */
  async deliver(message: CommCommand): Promise<void> {
    this.message = message;
    await this.evaluation.evaluateCode(`await __tsk.aw(${deliverKey}())`);
  }
}
