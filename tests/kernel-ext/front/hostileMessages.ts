/** Messages no honest client sends, and some that one does, from a seed. */
import { nested } from "../nestedCode.js";

export interface Parts {
  readonly header: unknown;
  readonly parent?: unknown;
  readonly metadata?: unknown;
  readonly content: unknown;
}

export interface Hostile {
  readonly channel: "shell" | "control" | "stdin";
  /** Rightly signed parts, or frames as they are to be sent. */
  readonly parts?: readonly Buffer[];
  readonly frames?: readonly Buffer[];
  /** Of a message that must be answered: its id and the reply's type. */
  readonly answer?: { readonly id: string; readonly type: string };
}

/** Code that would show that a message was obeyed which must not be. */
const trap = "globalThis.obeyed = true";

/** mulberry32 */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Field = readonly [name: string, ...values: unknown[]];

/** Levels of the deepest code. */
const deepest = 40_000;

/** Values that are right for each field; those of a request without a valid form here are left out. */
const fields: Readonly<Record<string, readonly Field[]>> = {
  execute_request: [
    [
      "code",
      "1 + 1",
      "",
      "throw new Error('x')",
      "const = ",
      "let n: number = 'a'",
      "%who",
      "name?",
      "🦊",
      "\u0000",
    ],
    ["silent", true, false],
    ["store_history", true, false],
    ["user_expressions", {}, { a: "1", b: "nothing.there", c: "(" }],
    ["allow_stdin", false],
    ["stop_on_error", true, false],
  ],
  complete_request: [
    ["code", "Math.", "%", "'🦊'.", ""],
    ["cursor_pos", 0, 3, 5, -1, 1e9],
  ],
  inspect_request: [
    ["code", "Math", "\u2028", ""],
    ["cursor_pos", 0, 2, -7, 2 ** 40],
    ["detail_level", 0, 1],
  ],
  is_complete_request: [["code", "1", "{", "`", "const =", "\ud800"]],
  history_request: [
    ["hist_access_type", "tail", "range", "search"],
    ["output", true, false],
    ["raw", true],
    ["session", 0, 1, -1, -(2 ** 50), 2 ** 50],
    ["start", 0, -5, 2 ** 40],
    ["stop", 0, 3, -(2 ** 40)],
    ["n", 0, 5, -1, 10],
    ["pattern", "*", "[", "[^]", "*a*b*c*d*", ""],
    ["unique", true, false],
  ],
  comm_info_request: [["target_name", "", "constructor"]],
  kernel_info_request: [],
  interrupt_request: [],
  comm_open: [
    ["comm_id", "a", "__proto__"],
    ["target_name", "none", "constructor"],
    ["data", {}, { deep: [[[[]]]] }],
  ],
  comm_msg: [
    ["comm_id", "a", "toString"],
    ["data", {}],
  ],
  comm_close: [
    ["comm_id", "a"],
    ["data", {}],
  ],
  input_reply: [["value", "text"]],
  // Never valid: the kernel is still needed.
  shutdown_request: [["restart", 5, "yes", [], {}]],
};

const wrong = [5, -0.5, null, true, [], [[]], {}, { a: { b: [] } }, "", "text", 1e308, "x".repeat(3000)];

export class HostileMessages {
  private count = 0;
  private readonly sent: Hostile[] = [];

  constructor(
    private readonly random: () => number,
    private readonly session: string,
  ) {}

  next(): Hostile {
    const kinds = [
      this.noise,
      this.broken,
      this.badHeader,
      this.badPart,
      this.badContent,
      this.unknown,
      this.deep,
    ];
    // A valid one more often than any other kind, so that the kernel has something to lose.
    const kind = this.random() < 0.25 ? this.valid : this.random() < 0.05 ? this.replay : this.pick(kinds);
    const message = kind.call(this);
    if (message.parts && this.sent.push(message) > 50) this.sent.shift();
    return message;
  }

  private noise(): Hostile {
    const frame = () =>
      this.random() < 0.2
        ? Buffer.from("<IDS|MSG>")
        : Buffer.from(Array.from({ length: this.below(60) }, () => this.below(256)));
    return { channel: this.channel(), frames: Array.from({ length: 1 + this.below(9) }, frame) };
  }

  /** A right message with something wrong in its frames. The signature stays the one of the right parts. */
  private broken(): Hostile {
    const parts = this.parts("execute_request", { code: trap, silent: false });
    const frames = [Buffer.from("<IDS|MSG>"), Buffer.from("0".repeat(64)), ...parts];
    const at = this.below(frames.length);
    const frame = frames[at] as Buffer;
    const change = this.below(4);
    if (change === 0) frames.splice(at, 1);
    else if (change === 1) frames.splice(at, 0, frame);
    else if (change === 2) frames[at] = frame.subarray(0, this.below(frame.length));
    else if (frame.length > 0) frame[this.below(frame.length)] = this.below(256);
    return { channel: this.channel(), frames };
  }

  private badHeader(): Hostile {
    const header: Record<string, unknown> = this.header("execute_request");
    const field = this.pick(["msg_id", "msg_type", "session", "username", "date", "version"]);
    const change = this.below(3);
    if (change === 0 && ["msg_id", "msg_type", "session"].includes(field)) delete header[field];
    else if (change === 1) header.extra = "x".repeat(20_000);
    else header[field] = this.pick([5, null, [], {}, true]);
    return { channel: this.channel(), parts: encode({ header, content: { code: trap } }) };
  }

  private badPart(): Hostile {
    const parts = this.parts("execute_request", { code: trap });
    const bad = ["", "{", "[]", "5", "null", '"a"', "\u0000", "[{]}", '{"a":1}x', "NaN"].map((text) =>
      Buffer.from(text),
    );
    bad.push(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]));
    parts[this.below(4)] = this.pick(bad);
    return { channel: this.channel(), parts };
  }

  /** One field of a known request is of the wrong type, or a needed one is missing. */
  private badContent(): Hostile {
    const type = this.pick(Object.keys(fields).filter((name) => fields[name]?.length));
    const content = this.content(type);
    if (type === "execute_request") content.code = trap;
    const [name = "", ...right] = this.pick(fields[type] as Field[]);
    const fits = (value: unknown) =>
      right.some((one) => typeof one === typeof value && Array.isArray(one) === Array.isArray(value));
    const value = this.pick(wrong.filter((one) => !fits(one) && one !== null));
    if (type !== "shutdown_request") content[name] = name === "detail_level" ? 7 : value;
    return this.request(type, content);
  }

  private valid(): Hostile {
    const type = this.pick(Object.keys(fields).filter((name) => name !== "shutdown_request"));
    return this.request(type, this.content(type));
  }

  private unknown(): Hostile {
    const type = this.pick([
      "constructor",
      "__proto__",
      "",
      "x".repeat(500),
      "execute_reply",
      "debug_request",
      "status",
    ]);
    return { channel: this.channel(), parts: this.parts(type, { code: trap }) };
  }

  private deep(): Hostile {
    const depth = 600 + this.below(20_000);
    const nested = this.random() < 0.5 ? ["[", "]"] : ['{"a":', "}"];
    const text = `{"code":${JSON.stringify(trap)},"data":${nested[0]?.repeat(depth)}1${nested[1]?.repeat(depth)}}`;
    const parts = this.parts(this.pick(Object.keys(fields)), {});
    parts[this.pick([1, 2, 3])] = Buffer.from(text);
    return { channel: this.channel(), parts };
  }

  /** A message that was sent before, signature and all. */
  private replay(): Hostile {
    if (this.sent.length === 0) return this.noise();
    const { answer: _answered, ...again } = this.pick(this.sent);
    return again;
  }

  private request(type: string, content: Record<string, unknown>): Hostile {
    const channel = type === "input_reply" ? "stdin" : type === "execute_request" ? "shell" : this.channel();
    const parts = this.parts(type, content);
    if (!type.endsWith("_request") || channel === "stdin") return { channel, parts };
    return { channel, parts, answer: { id: this.id(), type: type.replace("_request", "_reply") } };
  }

  private content(type: string): Record<string, unknown> {
    const content: Record<string, unknown> = {};
    for (const [name, ...values] of fields[type] ?? []) content[name] = this.pick(values);
    if ("code" in content && this.random() < 0.004) content.code = this.deepCode();
    return content;
  }

  /** Code that nests: many times too little to matter, sometimes enough to overflow a stack. */
  private deepCode(): string {
    const depth = Math.floor(deepest ** this.random());
    const { [this.pick(Object.keys(nested))]: write } = nested;
    const code = write?.(depth) ?? "";
    return this.random() < 0.5 ? code : code.slice(0, this.below(code.length));
  }

  private parts(type: string, content: unknown): Buffer[] {
    this.count++;
    return encode({ header: this.header(type), content });
  }

  private id(): string {
    return `${this.session}-${this.count}`;
  }

  private header(msg_type: string) {
    const date = "2026-01-01T00:00:00.000Z";
    return { msg_id: this.id(), session: this.session, username: "fuzz", date, msg_type, version: "5.4" };
  }

  private channel(): "shell" | "control" | "stdin" {
    return this.pick(["shell", "shell", "control", "stdin"] as const);
  }

  private pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }
}

function encode({ header, parent = {}, metadata = {}, content }: Parts): Buffer[] {
  return [header, parent, metadata, content].map((part) => Buffer.from(JSON.stringify(part)));
}
