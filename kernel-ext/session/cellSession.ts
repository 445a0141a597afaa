/** Runs compiled cells in this process and says what came of it. Needs no front: a sweep's worker is one too. */

import { KeyboardInterrupt } from "./awaitRegistry.js";
import { attributeChildren } from "./cellChildren.js";
import { CellDisplays } from "./cellDisplays.js";
import { CellEvaluation, type CellValue } from "./cellEvaluation.js";
import { attributeEvents } from "./cellEvents.js";
import { CellImporter } from "./cellImporter.js";
import { CellMaps } from "./cellMaps.js";
import type { CellOutcome, RunOptions } from "./cellOutcome.js";
import { CellOutput } from "./cellOutput.js";
import { CellRecords } from "./cellRecords.js";
import { type CellEnd, CellRunner } from "./cellRunner.js";
import { attributeTimers } from "./cellTimers.js";
import type { ChildNotice } from "./childCells.js";
import { CommDelivery } from "./commDelivery.js";
import { Comms } from "./comms.js";
import type { CellRecord, CompiledCell } from "./compiledCell.js";
import { withIntrinsics } from "./intrinsics.js";
import { LiveDisplays } from "./liveDisplays.js";
import type { MagicRequest } from "./magicRequest.js";
import type { ShownValue } from "./ownBundle.js";
import { now } from "./primordials.js";
import { isA } from "./property.js";
import type { CommCommand, ExpressionResult, MimeData, SessionEvent } from "./protocol.js";
import { isRejected } from "./rejectedPromise.js";
import { SessionErrors } from "./sessionErrors.js";
import { installSessionGlobals } from "./sessionGlobals.js";
import { installStackTraces } from "./stackTraces.js";
import { setDisplaySink } from "./tslab/displaySink.js";
import { userExpressions } from "./userExpressions.js";
import { valueBundle } from "./valueBundle.js";
import { WorkingFolder } from "./workingFolder.js";

export interface CellSessionOptions {
  /** Gets every event; must not return before it is on its way. */
  readonly emit: (event: SessionEvent) => void;
  /** Runs `%name`, `%%name` and `!command`. Without it they are refused. */
  readonly magic?: (call: MagicRequest, session: CellSession) => Promise<unknown>;
  /** Asks the person for a line of text. Without it, asking is refused. */
  readonly input?: (cell: number, prompt: string, password: boolean) => Promise<string>;
  /** Told the cell that runs from now on; 0 for none. */
  readonly runs?: (cell: number) => void;
  /** Told of each child process, and of its end. */
  readonly child?: (notice: ChildNotice) => void;
  /**
   * Called when a cell or a comm's handler ended in error through an interrupt that V8 enforced: what it opened must be
   * closed.
   */
  readonly interrupted?: () => void;
}

/** One to a process: it owns the global object, `console` and the REPL scope. */
export class CellSession {
  readonly output: CellOutput;
  readonly displays: LiveDisplays;
  private readonly shown: CellDisplays;
  readonly maps = new CellMaps();
  readonly importer: CellImporter;
  readonly runner: CellRunner;
  readonly errors: SessionErrors;
  private readonly cells = new CellRecords();
  /** Cells run, oldest first. */
  readonly records: readonly CellRecord[] = this.cells.list;
  /** Set by a magic during a cell: text for the client's pager. */
  page: MimeData | undefined;
  private readonly workingFolder = new WorkingFolder();
  private readonly evaluation: CellEvaluation;
  private readonly delivery: CommDelivery;

  constructor(private readonly options: CellSessionOptions) {
    // The library's frames are not shown: the person's lie below them, and must not be cut off.
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 30);
    this.output = new CellOutput(options.emit, (text) =>
      withIntrinsics(() => this.maps.asWritten(this.maps.mapText(text))),
    );
    this.displays = new LiveDisplays(this.output);
    this.errors = new SessionErrors(this.output, this.maps, this.records);
    this.shown = new CellDisplays(this.output, this.maps, (error, of) =>
      this.errors.reportUnshown(error, of),
    );
    this.importer = new CellImporter(
      () => this.folder,
      () => this.maps.locals.open(),
    );
    this.runner = new CellRunner(this.output.attribution, options.runs);
    this.evaluation = new CellEvaluation(this.runner, this.maps);
    this.delivery = new CommDelivery(new Comms(options.emit, () => this.output.cell), this.evaluation);
    const { attribution } = this.output;
    attributeTimers(attribution);
    attributeEvents(attribution);
    attributeChildren(attribution, (name, text) => this.output.write(name, text), options.child);
    installStackTraces();
    this.output.install();
    installSessionGlobals({
      runner: this.runner,
      evaluation: this.evaluation,
      importer: this.importer,
      folder: () => this.folder,
      magic: (request) => this.callMagic(request),
      display: (values) => this.shown.show(values),
      input: (prompt, password) => this.input(prompt, password),
    });
    this.delivery.installGlobals();
    setDisplaySink((data, id, update) => {
      if (id && update) this.displays.update(id, data);
      else if (id) this.displays.show(data, undefined, id);
      else this.output.display(data);
    });
  }

  /** The working directory. */
  get folder(): string {
    return this.workingFolder.path;
  }

  /** The cell that runs now. */
  get running(): CompiledCell | undefined {
    return this.cells.running;
  }

  /** The running cell does not end before this has settled. */
  hold(work: Promise<unknown>): void {
    this.shown.hold(work);
  }

  /** The running cell trains a model. */
  noteTraining(): void {
    this.cells.noteTraining();
  }

  /** Queues a cell. */
  run(cell: CompiledCell, options: RunOptions): void {
    let expressions: Record<string, ExpressionResult> | undefined;
    let began = now();
    let value: unknown;
    this.runner.run({
      cell: cell.number,
      work: async () => {
        began = now();
        this.begin(cell);
        ({ value } = await this.perform(cell));
        await this.settleDisplays();
        if (value !== undefined && !options.silent) await this.show(value, cell.number);
        await this.settleDisplays();
        if (options.expressions)
          expressions = await userExpressions(options.expressions, {
            bundle: async (expression) => {
              const { value: of } = await this.evaluate(expression);
              const bundle = await this.runner.awaits.aw(valueBundle(of, this.maps));
              await this.settleDisplays();
              return bundle as ShownValue;
            },
            report: (error) => this.errors.report(error),
          });
      },
      conclude: (end) => {
        const milliseconds = now() - began;
        const outcome = this.finish(cell, end, options.silent ? undefined : milliseconds);
        return () => options.ended({ ...outcome, milliseconds, value, ...(expressions && { expressions }) });
      },
      failed: (thrown) => {
        this.forget();
        const error = { thrown, report: this.errors.report(thrown, cell.number) };
        options.ended({ cell: cell.number, milliseconds: now() - began, value: undefined, error });
      },
    });
  }

  /** Queues a comm message among the cells. What its handler throws is told as output of `cell`. */
  deliver(cell: number, message: CommCommand, ended: (milliseconds: number) => void): void {
    let began = now();
    this.runner.run({
      cell,
      work: async () => {
        began = now();
        await this.delivery.deliver(message);
      },
      conclude: (end) => {
        this.displays.flush();
        this.output.endCaptures();
        if (end.status === "threw") {
          this.noteInterrupt(end.error);
          this.errors.reportLate(end.error, "A comm's handler failed");
        }
        return () => ended(now() - began);
      },
      failed: (error) => {
        this.errors.reportLate(error, "A comm's message could not be ended");
        ended(now() - began);
      },
    });
  }

  /** Evaluates the cell's JavaScript and resolves to its last expression; rejects with what it threw. */
  evaluate(cell: CompiledCell): Promise<CellValue> {
    return this.evaluation.evaluate(cell);
  }

  /**
   * Shows the value of a last expression as the result of `cell`. A promise that has failed already fails the cell:
   * nobody else would tell.
   */
  async show(value: unknown, cell: number): Promise<void> {
    if (!isRejected(value)) return this.showResult(value, cell);
    await (value as Promise<unknown>).catch((error: unknown) => {
      this.errors.noteUnawaited(error);
      throw error;
    });
  }

  private async showResult(value: unknown, cell: number): Promise<void> {
    const shown = await (this.runner.awaits.aw(valueBundle(value, this.maps)) as Promise<ShownValue>);
    this.output.result(cell, shown);
  }

  private begin(cell: CompiledCell): void {
    this.cells.begin(cell);
    this.errors.begin();
    this.shown.begin(cell.number);
  }

  /** Waits until no value that the running cell shows is still to say what it looks like. */
  private async settleDisplays(): Promise<void> {
    for (let shown = this.shown.settled(); shown; shown = this.shown.settled()) {
      await this.runner.awaits.aw(shown);
    }
  }

  private async perform(cell: CompiledCell): Promise<CellValue> {
    const { magic } = cell;
    if (!magic) return this.evaluate(cell);
    const runBody = async () => {
      const { value } = await this.evaluate(cell);
      // What the magic does with the cell's output, it does with these too.
      await this.settleDisplays();
      return value;
    };
    const value = await this.callMagic({
      name: magic.name,
      kind: "cell",
      text: magic.args,
      call: magic,
      runBody,
    });
    return { value };
  }

  private async callMagic(request: MagicRequest): Promise<unknown> {
    if (!this.options.magic) throw new TypeError(`magics are not available here, got %${request.name}`);
    return await this.options.magic(request, this);
  }

  private async input(prompt: string, password: boolean): Promise<string> {
    if (!this.options.input) throw new TypeError("nobody can be asked for input here");
    return await this.options.input(this.output.cell, prompt, password);
  }

  /** @param recorded wall time for the record; undefined for a silent cell, which leaves none. */
  private finish(
    cell: CompiledCell,
    end: CellEnd,
    recorded: number | undefined,
  ): Pick<CellOutcome, "cell" | "error" | "page"> {
    this.displays.flush();
    this.output.endCaptures();
    // Left by a cell that was abandoned: nobody waits for them.
    if (end.status === "threw") void this.evaluation.bodies.fail(end.error);
    // First of all that is kept: an interrupt that ends it begins here anew.
    const error = end.status === "threw" ? this.failureOf(end.error, cell.number) : undefined;
    if (recorded !== undefined)
      this.cells.keep(cell, { status: error ? "error" : "ok", milliseconds: recorded });
    const outcome = { cell: cell.number, ...(this.page && { page: this.page }), ...(error && { error }) };
    this.forget();
    return outcome;
  }

  /** What was kept for the cell that ends. */
  private forget(): void {
    this.output.endCaptures();
    this.cells.end();
    this.page = undefined;
    this.shown.end();
  }

  private failureOf(thrown: unknown, cell: number): NonNullable<CellOutcome["error"]> {
    this.noteInterrupt(thrown);
    return { thrown, report: this.errors.report(thrown, cell, this.runner.place.stack) };
  }

  /** What an interrupted cell or handler opened is closed: V8 may have given it no chance to do that itself. */
  private noteInterrupt(error: unknown): void {
    if (isA(error, KeyboardInterrupt)) this.options.interrupted?.();
  }
}
