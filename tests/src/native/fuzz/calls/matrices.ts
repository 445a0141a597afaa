/** Products and factors of matrices. */
import type { Calls } from "./maker.js";

export const matrices: Calls = {
  matMul: (d) => {
    const [m, k, n] = d.shape(3) as [number, number, number];
    const batch = d.shape(d.int(0, 2));
    return [d.float([...batch, m, k]), d.float([...batch, k, n]), false, false];
  },
  dot: (d) => {
    const k = d.int(1, 4);
    return [d.float([2, k]), d.float([k, 3])];
  },
  outerProduct: (d) => [d.float([3]), d.float([2])],
  einsum: (d) => {
    const [i, j, k] = d.shape(3) as [number, number, number];
    return [
      d.pick(["ij,jk->ik", "ij,jk->ki", "ij,jk->", "ij,jk->ijk", "...j,jk->...k"]),
      d.float([i, j]),
      d.float([j, k]),
    ];
  },
  "linalg.bandPart": (d) => [d.float(d.shape(d.int(2, 3))), d.int(-1, 2), d.int(-1, 2)],
  "linalg.qr": (d) => [d.float([3, 3]), d.chance(0.5)],
  "linalg.gramSchmidt": (d) => [d.float([2, 3])],
};
