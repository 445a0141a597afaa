/** Evaluates JavaScript in V8's REPL mode, where top-level `let` may be declared again and `await` is allowed. */
import { type Runtime, Session } from "node:inspector";
import { isGlobal, ownName, writtenName } from "../language/ownGlobals.js";
import { defineFixed } from "./cellGlobals.js";
import { dropFatalName, takenAway } from "./fatalNames.js";
import { hasOwn, OwnError } from "./primordials.js";

export type Evaluation =
  | { readonly status: "ok" }
  /** `error` is the very value that was thrown. */
  | { readonly status: "threw"; readonly error: unknown }
  /** V8 ended the evaluation from outside. */
  | { readonly status: "terminated" };

/**
 * Where the evaluator exchanges real values with V8: a key of the global object, which no cell can delete, replace or
 * declare anew. Code names it bare, as a cell may take `globalThis` away.
 */
const exchangeKey = "__tskExchange";

const exchange = {
  value: undefined as unknown,
  /** Called by evaluated code. */
  put(value: unknown): void {
    exchange.value = value;
  },
  take(): unknown {
    const { value } = exchange;
    exchange.value = undefined;
    return value;
  },
};

/**
 * Invariant: after `reconnect` no evaluation begun before settles any more.
 */
export class ReplEvaluator {
  private session = connect();

  constructor() {
    if (Object.hasOwn(globalThis, exchangeKey)) return;
    const { put, take } = exchange;
    defineFixed(exchangeKey, Object.freeze({ put, take }));
  }

  /**
   * Runs `code` synchronously up to its first await; `settled` is called once, perhaps before this returns.
   * Never called when `reconnect` came in between, or when V8 unwound the caller too.
   */
  evaluate(code: string, settled: (evaluation: Evaluation) => void): void {
    dropFatalName("toJSON");
    dropFatalNames();
    // Of what came before, nobody's answer is lost.
    takenAway();
    const { session } = this;
    let answered = false;
    const parameters = { expression: code, replMode: true, silent: true, objectGroup: "cell" };
    session.post("Runtime.evaluate", parameters, (failure, response?: Runtime.EvaluateReturnType) => {
      answered = true;
      dropFatalNames();
      if (session === this.session) settled(this.evaluation(failure, response));
    });
    if (answered || session !== this.session) return;
    dropFatalNames();
    const fatal = takenAway();
    if (fatal === undefined) return;
    // V8 waits for what the `then` of its own answer tells, or Node got no further than its `error`: no answer comes.
    this.reconnect();
    settled({ status: "threw", error: new OwnError(fatal) });
  }

  private evaluation(failure: Error | null, response?: Runtime.EvaluateReturnType): Evaluation {
    const fatal = takenAway();
    const failed = { status: "threw", error: fatal && new OwnError(fatal) } as const;
    if (failure || !response) return fatal === undefined ? { status: "terminated" } : failed;
    const thrown = own(response, "exceptionDetails");
    if (!thrown) return fatal === undefined ? { status: "ok" } : failed;
    const exception = own(thrown, "exception");
    return exception ? { status: "threw", error: this.realValue(exception) } : { status: "terminated" };
  }

  /** Lets go of what the inspector holds for the cells that ended. */
  release(): void {
    this.session.post("Runtime.releaseObjectGroup", { objectGroup: "cell" });
  }

  /** Top-level names declared by cells. */
  names(): string[] {
    let names: string[] = [];
    this.session.post("Runtime.globalLexicalScopeNames", {}, (failure, response) => {
      if (!failure) names = response.names;
    });
    return names.map(writtenName).sort();
  }

  /** The value of a top-level name now. Throws a ReferenceError if there is none. */
  value(name: string): unknown {
    requireName(name);
    const isOwn = isGlobal(name) && this.names().includes(name);
    return this.expression(isOwn ? ownName(name) : name);
  }

  /** Declares `name` anew, or for the first time, with `value`. */
  assign(name: string, value: unknown, settled: (evaluation: Evaluation) => void): void {
    requireName(name);
    exchange.put(value);
    this.evaluate(`let ${isGlobal(name) ? ownName(name) : name} = ${exchangeKey}.take(); undefined`, settled);
  }

  /** Ends the conversation with V8 about evaluations that will never settle, and begins a new one. */
  reconnect(): void {
    const before = this.session;
    this.session = connect();
    before.disconnect();
  }

  private expression(code: string): unknown {
    let thrown: RemoteValue | undefined;
    this.session.post(
      "Runtime.evaluate",
      { expression: `${exchangeKey}.put(${code})`, silent: true },
      (failure, response) => {
        if (failure) throw failure;
        const details = own(response, "exceptionDetails");
        thrown = details && own(details, "exception");
      },
    );
    if (thrown) throw this.realValue(thrown);
    return exchange.take();
  }

  private realValue(remote: RemoteValue): unknown {
    const objectId = own(remote, "objectId");
    if (objectId === undefined) {
      const text = own(remote, "unserializableValue");
      if (text === undefined) return own(remote, "value");
      return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
    }
    const functionDeclaration = `function () { "use strict"; ${exchangeKey}.put(this); }`;
    this.session.post("Runtime.callFunctionOn", { objectId, functionDeclaration });
    return exchange.take();
  }
}

/** Those by which an answer of V8's is lost, or a write fails. */
function dropFatalNames(): void {
  dropFatalName("error");
  dropFatalName("errno");
  dropFatalName("then");
}

/** What a message of V8's says itself, whatever a cell has every object inherit. */
function own<T extends object, K extends keyof T>(message: T, key: K): T[K] | undefined {
  return hasOwn(message, key) ? message[key] : undefined;
}

type RemoteValue = Pick<Runtime.RemoteObject, "objectId" | "value" | "unserializableValue" | "type">;

function requireName(name: string): void {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) {
    throw new SyntaxError(`a notebook variable is called by one name, got ${JSON.stringify(name)}`);
  }
}

function connect(): Session {
  const session = new Session();
  session.connect();
  return session;
}
