/** What a server answers, and what it refuses. No path of a request is ever a file's. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { vegaLibraries } from "../page.js";
import { type Answered, answer } from "../source/answer.js";
import type { QuestionKind, Questions } from "../source/pageSource.js";
import { seriesBytes } from "../source/seriesBytes.js";
import { type AccessRules, cookieName, judge, tokenHeader, tokenParameter } from "./access.js";
import type { EventStream } from "./eventStream.js";
import { shell, shellPolicy } from "./shell.js";

export interface RequestContext {
  readonly rules: AccessRules;
  readonly events: EventStream;
  /** What is there now. */
  answered(): Answered;
}

const common = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
};

/** Bytes of a question: labels of some thousand runs. */
const longestQuestion = 4 * 2 ** 20;

export async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://board");
  const header = request.headers[tokenHeader];
  const verdict = judge(
    {
      host: request.headers.host,
      cookie: request.headers.cookie,
      said: typeof header === "string" ? header : (searchParams.get(tokenParameter) ?? undefined),
    },
    context.rules,
  );
  if (verdict !== "granted") return refuse(response, verdict);
  const asked = `${request.method} ${pathname}`;
  if (asked === "GET /") return sendShell(response, context.rules);
  if (asked === "GET /events") return context.events.add(response);
  if (asked === "GET /vega.js") return send(response, "text/javascript; charset=utf-8", vegaLibraries());
  const kind = questions.find((name) => asked === `POST /ask/${name}`);
  if (kind) return answerQuestion(request, response, { kind, context });
  send(response, "text/plain; charset=utf-8", "There is no such thing here.\n", 404);
}

const questions: readonly QuestionKind[] = ["catalogue", "series", "panels", "details"];

function refuse(response: ServerResponse, verdict: "refused" | "misdirected"): void {
  const text =
    verdict === "refused"
      ? "This board needs its token: open the address that tunelab printed.\n"
      : "This board answers to this machine's own names only: open the address that tunelab printed.\n";
  send(response, "text/plain; charset=utf-8", text, verdict === "refused" ? 403 : 421);
}

function sendShell(response: ServerResponse, { token, port }: AccessRules): void {
  const nonce = randomBytes(18).toString("base64url");
  response.setHeader("content-security-policy", shellPolicy(nonce));
  response.setHeader("set-cookie", `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict`);
  send(response, "text/html; charset=utf-8", shell(nonce));
}

async function answerQuestion(
  request: IncomingMessage,
  response: ServerResponse,
  { kind, context }: { kind: QuestionKind; context: RequestContext },
): Promise<void> {
  const text = await bodyOf(request);
  if (text === undefined) return send(response, "text/plain; charset=utf-8", "Too long a question.\n", 413);
  let question: Questions[QuestionKind];
  try {
    question = JSON.parse(text);
    const given = answer(context.answered(), kind, question as never);
    if (kind === "series") return send(response, "application/octet-stream", seriesBytes(given as never));
    return send(response, "application/json", JSON.stringify(given));
  } catch (error) {
    send(response, "text/plain; charset=utf-8", `${(error as Error).message}\n`, 400);
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > longestQuestion) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}

function send(response: ServerResponse, type: string, body: string | Uint8Array, status = 200): void {
  response.writeHead(status, { ...common, "content-type": type });
  response.end(body);
}
