/** What a client asks to execute, with every field in place. */
import type { Message } from "../wire/message.js";

export interface ExecuteRequest {
  readonly message: Message;
  readonly code: string;
  /** No output, no count, no history. */
  readonly silent: boolean;
  readonly storeHistory: boolean;
  readonly stopOnError: boolean;
  readonly allowStdin: boolean;
  readonly userExpressions: Readonly<Record<string, string>>;
}

/** Throws a TypeError when `code` is no string. */
export function executeRequest(message: Message): ExecuteRequest {
  const { content } = message;
  if (typeof content.code !== "string") {
    throw new TypeError(`execute_request must hold code, a string, got ${JSON.stringify(content.code)}`);
  }
  const silent = content.silent === true;
  return {
    message,
    code: content.code,
    silent,
    storeHistory: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    allowStdin: content.allow_stdin === true,
    userExpressions: texts(content.user_expressions),
  };
}

function texts(value: unknown): Record<string, string> {
  if (value === null || typeof value !== "object") return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}
