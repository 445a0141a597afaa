/** The fields of what clients send, by message type: Jupyter's messaging specification, versions 5.0 to 5.5. */
import type { Content } from "./message.js";

const kinds = {
  string: (value: unknown) => typeof value === "string",
  boolean: (value: unknown) => typeof value === "boolean",
  integer: (value: unknown) => Number.isSafeInteger(value),
  object: isRecord,
  strings: (value: unknown) =>
    isRecord(value) && Object.values(value).every((one) => typeof one === "string"),
  "detail level": (value: unknown) => value === 0 || value === 1,
  "history access": (value: unknown) => value === "tail" || value === "range" || value === "search",
} as const;

const needed: Readonly<Record<keyof typeof kinds, string>> = {
  string: "a string",
  boolean: "true or false",
  integer: "an integer",
  object: "an object",
  strings: "an object of strings",
  "detail level": "0 or 1",
  "history access": "tail, range or search",
};

type Fields = Readonly<Record<string, keyof typeof kinds>>;

interface Schema {
  readonly required?: Fields;
  /** May be absent or null. */
  readonly optional?: Fields;
}

const comm: Schema = { required: { comm_id: "string" }, optional: { data: "object" } };

const schemas: Readonly<Record<string, Schema>> = {
  execute_request: {
    required: { code: "string" },
    optional: {
      silent: "boolean",
      store_history: "boolean",
      user_expressions: "strings",
      allow_stdin: "boolean",
      stop_on_error: "boolean",
    },
  },
  inspect_request: {
    required: { code: "string" },
    optional: { cursor_pos: "integer", detail_level: "detail level" },
  },
  complete_request: { required: { code: "string" }, optional: { cursor_pos: "integer" } },
  is_complete_request: { required: { code: "string" } },
  history_request: {
    required: { hist_access_type: "history access" },
    optional: {
      output: "boolean",
      raw: "boolean",
      session: "integer",
      start: "integer",
      stop: "integer",
      n: "integer",
      pattern: "string",
      unique: "boolean",
    },
  },
  comm_info_request: { optional: { target_name: "string" } },
  comm_open: { required: { comm_id: "string", target_name: "string" }, optional: { data: "object" } },
  comm_msg: comm,
  comm_close: comm,
  kernel_info_request: {},
  interrupt_request: {},
  shutdown_request: { optional: { restart: "boolean" } },
  input_reply: { required: { value: "string" } },
};

/** Throws a TypeError that names the field at fault. Content of a type that is not known is not looked at. */
export function checkContent(type: string, content: Content): void {
  if (!Object.hasOwn(schemas, type)) return;
  const { required = {}, optional = {} } = schemas[type] as Schema;
  for (const [name, kind] of Object.entries(required)) check(type, content, name, kind);
  for (const [name, kind] of Object.entries(optional)) {
    if (own(content, name) !== undefined && own(content, name) !== null) check(type, content, name, kind);
  }
}

function check(type: string, content: Content, name: string, kind: keyof typeof kinds): void {
  const value = own(content, name);
  if (!kinds[kind](value))
    throw new TypeError(`${type} must hold ${name}, ${needed[kind]}, got ${brief(value)}`);
}

function own(content: Content, name: string): unknown {
  return Object.hasOwn(content, name) ? content[name] : undefined;
}

/** Short whatever the value is: it may be megabytes, or nested deeper than can be written down. */
function brief(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value !== null && typeof value === "object") return "an object";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
