/** A page that a server gave: questions go there, and its events tell when to ask anew. */
import type { Answers, PageSource, QuestionKind, Questions } from "../source/pageSource.js";
import { seriesFromBytes } from "../source/seriesBytes.js";
import { watchEvents } from "./watchEvents.js";

export interface ServedSourceOptions {
  /** Of the page, with a slash at the end: a proxy may have put folders before it. */
  readonly base: string;
  /** Undefined where the cookie says it. */
  readonly token?: string | undefined;
}

export function servedSource({ base, token }: ServedSourceOptions): PageSource {
  const headers: Record<string, string> = token === undefined ? {} : { "x-tunelab-token": token };
  return {
    ask: (kind, question) => ask(new URL(`ask/${kind}`, base), { kind, question, headers }),
    watch: (told) => watchEvents(new URL("events", base), headers, told),
  };
}

async function ask<K extends QuestionKind>(
  url: URL,
  { kind, question, headers }: { kind: K; question: Questions[K]; headers: Readonly<Record<string, string>> },
): Promise<Answers[K]> {
  let response: Response;
  try {
    response = await fetch(url, { method: "POST", headers, body: JSON.stringify(question) });
  } catch {
    throw new Error("The board's server cannot be reached; what is shown is the last it said.");
  }
  if (!response.ok) throw new Error((await response.text()).trim());
  const given = kind === "series" ? seriesFromBytes(await response.arrayBuffer()) : await response.json();
  return given as Answers[K];
}
