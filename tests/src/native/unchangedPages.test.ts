import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { unchangedMappings } from "../../../src/native/unchangedPages.js";

const index = fileURLToPath(new URL("../../../dist/src/native/index.js", import.meta.url));

/** As proc(5) describes a mapping, shortened. */
function mapping(range: string, rights: string, anonymous: number, file = "/lib/a.so"): string {
  return `${range} ${rights} 00001000 fe:01 4711                       ${file}
Size:               8 kB
Rss:                8 kB
Anonymous:          ${anonymous} kB
AnonHugePages:      0 kB
VmFlags: rd ex mr mw me
`;
}

it("takes what is as in the file, and nothing that was written", () => {
  const smaps = [
    mapping("7f0000000000-7f0000002000", "r--p", 0),
    mapping("7f0000002000-7f0000005000", "r-xp", 0),
    mapping("7f0000005000-7f0000006000", "r--p", 4), // relocated, then protected
    mapping("7f0000006000-7f0000007000", "rw-p", 0),
    mapping("7f0000007000-7f0000008000", "r--s", 0),
    mapping("7f0000008000-7f0000009000", "r-xp", 0, "/lib/a.so.old"),
    mapping("7f0000009000-7f000000a000", "r-xp", 0, "/lib/a.so (deleted)"),
    mapping("7f000000a000-7f000000b000", "r-xp", 0, "/lib/with space.so"),
    mapping("7f000000b000-7f000000c000", "r-xp", 0, "[vdso]"),
    "7f000000c000-7f000000d000 r--p 00000000 00:00 0 \nSize: 4 kB\nAnonymous:          0 kB\n",
  ].join("");
  expect(unchangedMappings(smaps, ["/lib/a.so", "/lib/with space.so"])).toEqual([
    { begin: 0x7f0000000000n, size: 0x2000 },
    { begin: 0x7f0000002000n, size: 0x3000 },
    { begin: 0x7f000000a000n, size: 0x1000 },
  ]);
});

it("takes nothing where the system does not say whether it was written", () => {
  const smaps = mapping("7f0000000000-7f0000002000", "r--p", 0).replace(/^Anonymous:.*\n/m, "");
  expect(unchangedMappings(smaps, ["/lib/a.so"])).toEqual([]);
});

it.runIf(process.platform === "linux")("leaves of TensorFlow's library what computing needs", () => {
  const script = `
    import { readFileSync } from "node:fs";
    const { tf } = await import(${JSON.stringify(index)});
    const sum = tf.add([1, 2], [3, 4]).arraySync();
    const smaps = readFileSync("/proc/self/smaps", "utf8");
    let megabytes = 0;
    for (const [, rss] of smaps.matchAll(/libtensorflow_\\w+\\.so[^\\n]*\\nSize:.*\\n(?:(?!Rss:).*\\n)*Rss: +(\\d+) kB/g))
      megabytes += Number(rss) / 1024;
    console.log(JSON.stringify({ sum, megabytes }));`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const { sum, megabytes } = JSON.parse(stdout);
  expect(sum).toEqual([4, 6]);
  // The 8 MB of relocated pointers show that the library was found.
  expect(megabytes).toBeGreaterThan(4);
  expect(megabytes).toBeLessThan(100);
});
