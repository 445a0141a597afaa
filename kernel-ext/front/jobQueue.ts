/** What waits for the session, in the order it came: cells to execute, and comm messages. */
import type { CommCommand } from "../session/protocol.js";
import type { Message } from "../wire/message.js";
import type { ExecuteRequest } from "./executeRequest.js";

export type Job =
  | { readonly execute: ExecuteRequest }
  | { readonly message: Message; readonly comm: CommCommand };

export class JobQueue {
  private jobs: Job[] = [];

  add(job: Job): void {
    this.jobs.push(job);
  }

  next(): Job | undefined {
    return this.jobs.shift();
  }

  /** Takes out all cells. Comm messages keep their place. */
  takeCells(): ExecuteRequest[] {
    const cells = this.jobs.flatMap((job) => ("execute" in job ? [job.execute] : []));
    this.jobs = this.jobs.filter((job) => !("execute" in job));
    return cells;
  }
}
