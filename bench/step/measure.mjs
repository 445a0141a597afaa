import { median } from "../shared/report.mjs";

/**
 * Has each peer train `model` in turn, round by round, so that what disturbs the machine hits all of them.
 *
 * @param {import("../shared/peer.mjs").Peer[]} peers
 * @param {{ rounds: number, steps: number }} plan steps: of each round
 * @returns `medians`: of each round, in milliseconds a step, by peer; a peer that cannot run the model is missing.
 *   `firsts`: milliseconds of its very first step, with what tracing and compiling cost.
 */
export async function measure(peers, model, { rounds, steps }) {
  const medians = {};
  const firsts = {};
  const running = [];
  for (const peer of peers) {
    const { milliseconds, failed } = await peer.ask({ model, steps: 1 });
    if (failed !== undefined) {
      console.log(`  ${peer.name} cannot run ${model}: ${failed}`);
      continue;
    }
    firsts[peer.name] = milliseconds[0];
    medians[peer.name] = [];
    running.push(peer);
    await peer.ask({ model, steps });
  }
  for (let round = 0; round < rounds; round++)
    for (const peer of running) {
      const { milliseconds } = await peer.ask({ model, steps });
      medians[peer.name].push(median(milliseconds));
    }
  return { medians, firsts };
}
