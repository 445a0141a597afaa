/** The session's questions to its front. */
import { OwnMap, OwnPromise } from "./intrinsics.js";
import type { FrontRequests, SessionEvent } from "./protocol.js";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Invariant: every question is answered once, in any order. */
export class FrontLink {
  private readonly waiting = new OwnMap<number, Waiting>();
  private lastId = 0;

  constructor(private readonly emit: (event: SessionEvent) => void) {}

  ask<M extends keyof FrontRequests>(
    method: M,
    params: FrontRequests[M]["params"],
  ): Promise<FrontRequests[M]["answer"]> {
    return this.wait((id) => this.emit({ type: "request", id, method, params })) as Promise<
      FrontRequests[M]["answer"]
    >;
  }

  /** Asks the person for a line of text. */
  input(cell: number, prompt: string, password: boolean): Promise<string> {
    return this.wait((id) => this.emit({ type: "input", id, cell, prompt, password })) as Promise<string>;
  }

  answer(id: number, answer: { value?: unknown; error?: string }): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (answer.error === undefined) waiting?.resolve(answer.value);
    else waiting?.reject(new Error(answer.error));
  }

  private wait(send: (id: number) => void): Promise<unknown> {
    const id = ++this.lastId;
    return new OwnPromise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      send(id);
    });
  }
}
