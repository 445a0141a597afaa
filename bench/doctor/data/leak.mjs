import { shuffled, uniforms } from "../random.mjs";
import { joined, pick } from "./rows.mjs";

/** A validation part of as many rows as before, of which a share are copies of the training's. */
export function leaked({ train, validation }, { share, seed }) {
  const size = validation.y.length;
  const copies = Math.min(Math.round(share * size), train.y.length);
  const order = shuffled(train.y.length, uniforms(seed, "leak"));
  const copied = pick(train, order.slice(0, copies));
  if (copies === size) return copied;
  return joined(
    copied,
    pick(
      validation,
      Array.from({ length: size - copies }, (_, i) => i),
    ),
  );
}
