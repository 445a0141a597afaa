import { expect, it } from "vitest";
import type { ExecuteRequest } from "../../../kernel-ext/front/executeRequest.js";
import { type Job, JobQueue } from "../../../kernel-ext/front/jobQueue.js";

const cell = (code: string): Job => ({ execute: { code } as ExecuteRequest });
const comm = (id: string) => ({ message: {}, comm: { id } }) as unknown as Job;

it("gives jobs in order, and lets go of the cells alone", () => {
  const queue = new JobQueue();
  const jobs = [cell("a"), comm("1"), cell("b"), comm("2")];
  for (const job of jobs) queue.add(job);
  expect(queue.next()).toBe(jobs[0]);
  expect(queue.takeCells()).toEqual([{ code: "b" }]);
  expect([queue.next(), queue.next(), queue.next()]).toEqual([jobs[1], jobs[3], undefined]);
});
