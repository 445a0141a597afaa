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

/** @param message its content has passed `checkContent`. */
export function executeRequest(message: Message): ExecuteRequest {
  const { content } = message;
  const silent = content.silent === true;
  return {
    message,
    code: String(content.code),
    silent,
    storeHistory: !silent && content.store_history !== false,
    stopOnError: content.stop_on_error !== false,
    allowStdin: content.allow_stdin === true,
    userExpressions: (content.user_expressions ?? {}) as Record<string, string>,
  };
}
