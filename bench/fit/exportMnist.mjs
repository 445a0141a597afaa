// Writes MNIST's training and validation splits as raw files for the Python peers. Usage: node exportMnist.mjs FOLDER
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { data } from "../../dist/src/index.js";

const mnist = await data.mnist();
for (const name of ["train", "validation"])
  for (const part of ["x", "y"]) {
    const { buffer, byteOffset, byteLength } = mnist[name][part];
    writeFileSync(
      join(process.argv[2], `${name}-${part}.bin`),
      new Uint8Array(buffer, byteOffset, byteLength),
    );
  }
