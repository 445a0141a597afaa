/** Runs trials in this process, as many at a time as asked for; they take turns wherever they await. */
import { type Objective, runObjective } from "../runObjective.js";
import { Trial } from "../trial.js";
import type { Engine } from "./engine.js";

export function inProcessEngine(objective: Objective, workers: number): Engine {
  const free = Array.from({ length: workers }, (_, i) => i);
  return {
    name: "process",
    workers,
    start: async () => {},
    stop: async () => {},
    async run({ job, link, signal, started }) {
      const worker = free.shift() ?? 0;
      started(worker);
      try {
        return await runObjective(objective, new Trial(job, link, signal));
      } catch (error) {
        return { state: "failed", error: String(error) };
      } finally {
        free.unshift(worker);
        free.sort((a, b) => a - b);
      }
    },
  };
}
