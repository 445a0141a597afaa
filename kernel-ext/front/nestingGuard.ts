/** Lets no source into the front that would end it: the native parser overflows the stack when code nests too deeply. */
import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import { join } from "node:path";
import { KERNEL_ROOT } from "../language/kernelRoot.js";
import {
  isOverflow,
  isShallow,
  type NestingError,
  otherEnd,
  tooDeep,
  tooSlow,
  unguarded,
} from "../language/nesting.js";
import { inTime } from "../language/patience.js";
import { processorTime } from "../language/processorTime.js";
import { LateAnswer } from "../language/serverProcess.js";
import type { Question } from "./readAhead.js";

/** Seconds that the process may work on one source. 1,000 lines take a twentieth. */
const limit = 5;

/** Of what the probe says as it dies, so many UTF-16 units are kept: V8's report of a full heap has fewer. */
const lastWords = 64 * 1024;

/** Milliseconds without a question after which the probe's memory is given back. */
const idleAfter = 60_000;

interface Waiting {
  readonly question: Question;
  /** Settles by one of the two below. */
  readonly answered: Promise<void>;
  admit(): void;
  refuse(error: NestingError): void;
}

/**
 * Short sources pass at once. Longer ones are read first by a process of its own, with less than half of this one's
 * stack; if it dies of one, that is refused.
 *
 * Lifecycle: the process starts with the first question, is replaced after it died, ends when idle, by `close`, or with
 * the front. Invariant: questions are answered in their order; only the first was begun.
 */
export class NestingGuard {
  private probe: ChildProcess | undefined;
  private readonly waiting: Waiting[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly log: (text: string) => void;
  private readonly program: string;

  /** @param program For tests. */
  constructor(
    log: (text: string) => void,
    program = join(KERNEL_ROOT, "dist", "kernel-ext", "front", "probe.js"),
  ) {
    this.log = log;
    this.program = program;
  }

  /** @throws NestingError when the source nests too deeply to be read, or takes too long. */
  async admit(question: Question): Promise<void> {
    if (isShallow(question.source)) return;
    let [admit, refuse]: [() => void, (error: NestingError) => void] = [() => undefined, () => undefined];
    const answered = new Promise<void>((...settle) => {
      [admit, refuse] = settle;
    });
    this.waiting.push({ question, answered, admit, refuse });
    if (this.waiting.length === 1) this.ask();
    await answered;
  }

  close(): void {
    this.end();
    for (const { question, refuse } of this.waiting.splice(0))
      refuse(unguarded(question.source, "the kernel ends"));
  }

  /** Asks the first question. */
  private ask(): void {
    clearTimeout(this.timer);
    const [first] = this.waiting;
    if (!first) {
      this.timer = setTimeout(() => this.end(), idleAfter).unref();
      return;
    }
    this.probe ??= this.start();
    this.probe.send(first.question, () => undefined);
    void this.watch(first, this.probe.pid);
  }

  /** Gives a question up that takes too long. What counts is the probe's work: a busy machine is no fault of the source. */
  private async watch({ question, answered }: Waiting, pid: number | undefined): Promise<void> {
    const used = () => (pid === undefined ? undefined : processorTime(pid));
    try {
      await inTime(answered, { method: "read", limit: limit * 1000, used });
    } catch (error) {
      // Else whoever asked is told of it.
      if (!(error instanceof LateAnswer)) return;
      this.end();
      this.settle(tooSlow(question.source, limit));
    }
  }

  /** The first question is answered. */
  private settle(error?: NestingError): void {
    const first = this.waiting.shift();
    if (error) first?.refuse(error);
    else first?.admit();
    this.ask();
  }

  private start(): ChildProcess {
    const probe = fork(this.program, [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    const stderr = probe.stderr as Socket;
    let words = "";
    stderr.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-lastWords);
    });
    const died = (tell: (source: string) => NestingError) => {
      if (probe !== this.probe) return;
      this.probe = undefined;
      const [first] = this.waiting;
      if (!first) return;
      const error = tell(first.question.source);
      this.log(`a source was refused: ${error.message}`);
      this.settle(error);
    };
    probe.on("message", () => this.settle());
    probe.once("error", ({ message }) => died((source) => unguarded(source, `it failed (${message})`)));
    // Not before its words were read, which say of what it ended.
    probe.once("close", (code, signal) => {
      const end = { code, signal, words };
      died(isOverflow(end) ? tooDeep : (source) => unguarded(source, otherEnd(end)));
    });
    // It holds up nothing: the front ends when it is told to.
    probe.unref();
    stderr.unref();
    return probe;
  }

  private end(): void {
    clearTimeout(this.timer);
    const { probe } = this;
    this.probe = undefined;
    probe?.removeAllListeners("message");
    probe?.kill("SIGKILL");
  }
}
