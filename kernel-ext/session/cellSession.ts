/** Runs compiled cells in this process and says what came of it. Needs no front: a sweep's worker is one too. */

import { KeyboardInterrupt } from "./awaitRegistry.js";
import { attributeChildren } from "./cellChildren.js";
import { CellDisplays } from "./cellDisplays.js";
import { attributeEvents } from "./cellEvents.js";
import { defineGlobal, installCellGlobals } from "./cellGlobals.js";
import { CellImporter } from "./cellImporter.js";
import { CellMaps } from "./cellMaps.js";
import { CellOutput } from "./cellOutput.js";
import { type CellEnd, CellRunner } from "./cellRunner.js";
import { attributeTimers } from "./cellTimers.js";
import type { ChildNotice } from "./childCells.js";
import { Comms } from "./comms.js";
import type { CellMagicCall, CellRecord, CompiledCell } from "./compiledCell.js";
import { errorReport, lateErrorText } from "./errorReport.js";
import { OwnSet, withIntrinsics } from "./intrinsics.js";
import { LateErrors } from "./lateErrors.js";
import { LiveDisplays } from "./liveDisplays.js";
import { OpenBodies } from "./openBodies.js";
import type { ShownValue } from "./ownBundle.js";
import { entries, now } from "./primordials.js";
import { isA } from "./property.js";
import type { CommCommand, ErrorReport, ExpressionResult, MimeData, SessionEvent } from "./protocol.js";
import { isRejected } from "./rejectedPromise.js";
import { installStackTraces } from "./stackTraces.js";
import { setDisplaySink } from "./tslab/displaySink.js";
import { valueBundle } from "./valueBundle.js";

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

export interface MagicRequest {
  readonly name: string;
  readonly kind: "line" | "cell" | "shell";
  /** Everything after the name; the command for `shell`. */
  readonly text: string;
  readonly call?: CellMagicCall;
  /** Runs the compiled body, if there is one. */
  runBody(): Promise<unknown>;
}

export interface RunOptions {
  /** Show nothing but what the cell itself writes, keep no record. */
  readonly silent?: boolean;
  readonly expressions?: Readonly<Record<string, CompiledCell>>;
  readonly ended: (end: CellOutcome) => void;
}

export interface CellOutcome {
  readonly cell: number;
  readonly milliseconds: number;
  /** What the cell threw, as it was thrown. */
  readonly error?: { readonly thrown: unknown; readonly report: ErrorReport };
  /** The value of the last expression. */
  readonly value: unknown;
  readonly expressions?: Readonly<Record<string, ExpressionResult>>;
  readonly page?: MimeData;
}

/** How evaluated code takes up a comm message: a key of the global object. */
const deliverKey = "__tskDeliver";

/** Boxed: a promise would unwrap a bare value that has a `then`. */
interface CellValue {
  readonly value: unknown;
}

/** One to a process: it owns the global object, `console` and the REPL scope. */
export class CellSession {
  readonly output: CellOutput;
  readonly displays: LiveDisplays;
  private readonly shown: CellDisplays;
  private readonly lateErrors: LateErrors;
  readonly maps = new CellMaps();
  readonly importer: CellImporter;
  readonly runner: CellRunner;
  readonly comms: Comms;
  /** Cells run, oldest first. */
  readonly records: CellRecord[] = [];
  /** Set by a magic during a cell: text for the client's pager. */
  page: MimeData | undefined;
  private result: CellValue | undefined;
  private current: CompiledCell | undefined;
  /** The comm message that the evaluated `deliverKey` takes up. */
  private delivery: CommCommand | undefined;
  private trained = false;
  private lastFolder = process.cwd();
  /** Errors of promises that the running cell gave as its value instead of waiting for them. */
  private readonly unawaited = new OwnSet<unknown>();
  private readonly bodies = new OpenBodies();

  constructor(private readonly options: CellSessionOptions) {
    // The library's frames are not shown: the person's lie below them, and must not be cut off.
    Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 30);
    this.output = new CellOutput(options.emit, (text) =>
      withIntrinsics(() => this.maps.asWritten(this.maps.mapText(text))),
    );
    this.displays = new LiveDisplays(this.output);
    this.shown = new CellDisplays(this.output, this.maps);
    this.lateErrors = new LateErrors((cell, text) => this.output.writeMapped("stderr", text, cell));
    this.importer = new CellImporter(
      () => this.folder,
      () => this.maps.locals.open(),
    );
    this.runner = new CellRunner(this.output.attribution, options.runs);
    this.comms = new Comms(options.emit, () => this.output.cell);
    const { attribution } = this.output;
    attributeTimers(attribution);
    attributeEvents(attribution);
    attributeChildren(attribution, (name, text) => this.output.write(name, text), options.child);
    installStackTraces();
    this.output.install();
    this.installGlobals();
    setDisplaySink((data, id, update) => {
      if (id && update) this.displays.update(id, data);
      else if (id) this.displays.show(data, undefined, id);
      else this.output.display(data);
    });
  }

  /** The working directory. One that was removed stays it until somebody goes elsewhere. */
  get folder(): string {
    try {
      this.lastFolder = process.cwd();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    return this.lastFolder;
  }

  /** The cell that runs now. */
  get running(): CompiledCell | undefined {
    return this.current;
  }

  /** The running cell trains a model. */
  noteTraining(): void {
    this.trained = true;
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
        const shown = this.shown.settled();
        if (shown) await this.runner.awaits.aw(shown);
        if (value !== undefined && !options.silent) await this.show(value, cell.number);
        if (options.expressions) expressions = await this.evaluateExpressions(options.expressions);
      },
      conclude: (end) => {
        const milliseconds = now() - began;
        const outcome = this.finish(cell, end, options.silent ? undefined : milliseconds);
        return () => options.ended({ ...outcome, milliseconds, value, ...(expressions && { expressions }) });
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
        this.delivery = message;
        // By way of the evaluator, so that an interrupt ends a handler as it ends a cell.
        await this.evaluateCode(`await __tsk.aw(${deliverKey}())`);
      },
      conclude: (end) => {
        this.displays.flush();
        this.output.endCaptures();
        if (end.status === "threw") {
          this.noteInterrupt(end.error);
          this.reportLate(end.error, "A comm's handler failed");
        }
        return () => ended(now() - began);
      },
    });
  }

  /** Evaluates the cell's JavaScript and resolves to its last expression; rejects with what it threw. */
  async evaluate(cell: CompiledCell): Promise<CellValue> {
    if (cell.code === "") return { value: undefined };
    this.maps.add(cell.number, cell.source, cell.map);
    this.result = undefined;
    try {
      await this.evaluateCode(cell.code);
    } catch (error) {
      await this.bodies.fail(error);
      throw error;
    }
    return this.takeResult();
  }

  private async evaluateCode(code: string): Promise<void> {
    const evaluation = await this.runner.evaluate(code);
    if (evaluation.status === "threw") throw evaluation.error;
    if (evaluation.status === "terminated") {
      this.runner.evaluator.reconnect();
      throw new KeyboardInterrupt();
    }
  }

  /**
   * Shows the value of a last expression as the result of `cell`. A promise that has failed already fails the cell:
   * nobody else would tell.
   */
  async show(value: unknown, cell: number): Promise<void> {
    if (!isRejected(value)) return this.showResult(value, cell);
    await (value as Promise<unknown>).catch((error: unknown) => {
      this.unawaited.add(error);
      throw error;
    });
  }

  private async showResult(value: unknown, cell: number): Promise<void> {
    const shown = await (this.runner.awaits.aw(valueBundle(value, this.maps)) as Promise<ShownValue>);
    this.output.result(cell, shown);
  }

  /** @param cell the one that failed. */
  report(error: unknown, cell?: number): ErrorReport {
    if (cell !== undefined) this.lateErrors.noteTold(error, cell);
    const unawaited = this.unawaited.has(error);
    const earlier = withIntrinsics(() => this.records.filter(({ number }) => number !== cell));
    return errorReport(error, this.maps, { unawaited, earlier, ...(cell !== undefined && { cell }) });
  }

  /** Tells of an error that no cell waits for, such as a throw in a callback. */
  reportLate(error: unknown, what: string): void {
    this.tellLate(() => `${what}: ${lateErrorText(error, this.maps)}`);
  }

  /**
   * Tells of a promise that failed while nobody waited for it. Those that were derived of it (`then`, an `async` function)
   * fail with the same error at the same time: it is told once. One that fails later is counted.
   */
  reportUnhandled(error: unknown): void {
    const { cell } = this.output;
    const before = this.lateErrors.noteTold(error, cell, "rejections");
    if (before === "now") return;
    if (before === "earlier") this.lateErrors.count(cell);
    else this.tellLate(() => `Unhandled rejection: ${lateErrorText(error, this.maps, { unawaited: true })}`);
  }

  private tellLate(text: () => string): void {
    // Not around the counting: a flood would pay for each.
    this.lateErrors.tell(this.output.cell, () => withIntrinsics(text));
  }

  private begin(cell: CompiledCell): void {
    this.current = cell;
    this.trained = false;
    this.unawaited.clear();
  }

  private async perform(cell: CompiledCell): Promise<CellValue> {
    const { magic } = cell;
    if (!magic) return this.evaluate(cell);
    const runBody = async () => (await this.evaluate(cell)).value;
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

  private async evaluateExpressions(
    cells: Readonly<Record<string, CompiledCell>>,
  ): Promise<Record<string, ExpressionResult>> {
    const results: Record<string, ExpressionResult> = {};
    const asked = entries(cells);
    for (let at = 0; at < asked.length; at++) {
      const { 0: name, 1: cell } = asked[at] as [string, CompiledCell];
      try {
        const shown = await valueBundle((await this.evaluate(cell)).value, this.maps);
        results[name] = { status: "ok", ...shown };
      } catch (error) {
        results[name] = { status: "error", ...this.report(error) };
      }
    }
    return results;
  }

  /** @param recorded wall time for the record; undefined for a silent cell, which leaves none. */
  private finish(
    cell: CompiledCell,
    end: CellEnd,
    recorded: number | undefined,
  ): Pick<CellOutcome, "cell" | "error" | "page"> {
    this.displays.flush();
    this.shown.forget();
    this.output.endCaptures();
    // Left by a cell that was abandoned: nobody waits for them.
    if (end.status === "threw") void this.bodies.fail(end.error);
    // First of all that is kept: an interrupt that ends it begins here anew.
    const error = end.status === "threw" ? this.failureOf(end.error, cell.number) : undefined;
    this.current = undefined;
    this.result = undefined;
    if (recorded !== undefined) {
      const status = error ? "error" : "ok";
      this.records.push({ ...cell, status, milliseconds: recorded, ...(this.trained && { trained: true }) });
    }
    const outcome = { cell: cell.number, ...(this.page && { page: this.page }), ...(error && { error }) };
    this.page = undefined;
    return outcome;
  }

  private failureOf(thrown: unknown, cell: number): NonNullable<CellOutcome["error"]> {
    this.noteInterrupt(thrown);
    return { thrown, report: this.report(thrown, cell) };
  }

  /** What an interrupted cell or handler opened is closed: V8 may have given it no chance to do that itself. */
  private noteInterrupt(error: unknown): void {
    if (isA(error, KeyboardInterrupt)) this.options.interrupted?.();
  }

  private takeResult(): CellValue {
    const result = this.result ?? { value: undefined };
    this.result = undefined;
    return result;
  }

  private installGlobals(): void {
    const { awaits } = this.runner;
    const none = () => Promise.reject(new TypeError("this magic has no body to run"));
    installCellGlobals(
      {
        aw: awaits.aw,
        ait: awaits.ait,
        imp: this.importer.imp,
        resolve: this.importer.resolve,
        res: (_cell, value) => {
          this.result = { value };
        },
      },
      {
        magic: (name, text, body) =>
          this.callMagic({ name, kind: "line", text, runBody: body ? async () => body() : none }),
        begin: (name, text) =>
          this.bodies.begin((runBody) => this.callMagic({ name, kind: "line", text, runBody })),
        end: (value) => this.bodies.end(value),
        display: (values) => this.shown.show(values),
        input: (prompt, password) => this.input(prompt, password),
        shell: (text) => this.callMagic({ name: "shell", kind: "shell", text, runBody: none }),
      },
      () => this.folder,
    );
    defineGlobal("require", () => this.importer.require());
    defineGlobal("comms", () => this.comms.global);
    defineGlobal(deliverKey, () => async () => {
      const { delivery } = this;
      this.delivery = undefined;
      if (delivery) await this.comms.deliver(delivery);
    });
  }
}
