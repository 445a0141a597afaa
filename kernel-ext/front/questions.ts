/** What a cell asks the person: one question after another, as clients show one at a time. */
import type { SessionProcess } from "./sessionProcess.js";

/** A session that wants an answer. Each counts its questions from 1: its successor's are others. */
export type Asker = Pick<SessionProcess, "send">;

interface Question {
  readonly id: number;
  readonly prompt: string;
  readonly password: boolean;
}

/** Invariant: each question is answered once, in the order they came; those left when the cell ends, with an error. */
export class Questions {
  private readonly waiting: { readonly question: Question; readonly asker: Asker }[] = [];

  /** @param show asks the client. */
  constructor(private readonly show: (prompt: string, password: boolean) => void) {}

  add(question: Question, asker: Asker): void {
    this.waiting.push({ question, asker });
    if (this.waiting.length === 1) this.showFirst();
  }

  /** The person's answer to the question shown; to none if there is none. */
  reply(value: string): void {
    const asked = this.waiting.shift();
    asked?.asker.send({ type: "input", id: asked.question.id, value });
    this.showFirst();
  }

  /** The cell has ended: nobody will be asked any more. */
  close(): void {
    for (const { question, asker } of this.waiting.splice(0)) {
      asker.send({
        type: "answer",
        id: question.id,
        error: "the cell ended before the question was answered",
      });
    }
  }

  private showFirst(): void {
    const [next] = this.waiting;
    if (next) this.show(next.question.prompt, next.question.password);
  }
}
