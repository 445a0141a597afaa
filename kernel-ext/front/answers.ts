/** What the kernel answers at once, by the type of the request. */
import type { Content, Message } from "../wire/message.js";
import type { CommDesk } from "./commDesk.js";
import type { History } from "./history/history.js";
import { kernelInfo } from "./kernelInfo.js";
import type { LanguageDesk } from "./languageDesk.js";

export interface AnswerSources {
  readonly desk: LanguageDesk;
  readonly history: History;
  readonly comms: CommDesk;
  interrupt(): void;
}

type Answer = (content: Content) => Content | Promise<Content>;

/** Answers by type. Each takes content that has passed `checkContent`, and may reject. */
export function answersFrom({ desk, history, comms, interrupt }: AnswerSources): ReadonlyMap<string, Answer> {
  return new Map<string, Answer>([
    ["kernel_info_request", () => ({ ...kernelInfo })],
    ["is_complete_request", ({ code }) => desk.questions.isComplete(String(code))],
    [
      "complete_request",
      ({ code, cursor_pos }) => desk.questions.complete(String(code), Number(cursor_pos ?? 0)),
    ],
    [
      "inspect_request",
      ({ code, cursor_pos, detail_level }) =>
        desk.questions.inspect(String(code), Number(cursor_pos ?? 0), detail_level === 1 ? 1 : 0),
    ],
    ["history_request", async (content) => ({ status: "ok", history: await history.answer(content) })],
    ["comm_info_request", ({ target_name }) => comms.info(target_name)],
    [
      "interrupt_request",
      () => {
        interrupt();
        return { status: "ok" };
      },
    ],
    ["shutdown_request", ({ restart }) => ({ status: "ok", restart: restart === true })],
  ]);
}

export function replyType({ header }: Message): string {
  return header.msg_type.replace(/_request$/, "_reply");
}

/** Content of a reply to `message` that says what went wrong. */
export function failure({ header }: Message, error: unknown): Content {
  // The one reply whose status cannot be `error`.
  if (header.msg_type === "is_complete_request") return { status: "unknown" };
  const text = error instanceof Error ? error.message : String(error);
  const name = error instanceof Error ? error.name : "Error";
  return { status: "error", ename: name, evalue: text, traceback: [`${name}: ${text}`] };
}
