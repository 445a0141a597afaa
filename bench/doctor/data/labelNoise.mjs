import { uniforms } from "../random.mjs";

/**
 * Labels of which a share is wrong: `random` ones are drawn anew from all classes, the right one among them; `paired` ones
 * become the next class; `flipped` ones become one of the others.
 */
export function withNoise(rows, { kind, share }, { seed, classes }) {
  const next = uniforms(seed, `labels ${kind}`);
  const wrong = {
    random: () => Math.floor(next() * classes),
    paired: (label) => (label + 1) % classes,
    flipped: (label) => (label + 1 + Math.floor(next() * (classes - 1))) % classes,
  }[kind];
  return { ...rows, y: rows.y.map((label) => (next() < share ? wrong(label) : label)) };
}
