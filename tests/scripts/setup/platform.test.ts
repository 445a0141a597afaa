import { chmodSync, existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseDevice } from "../../../scripts/setup/platform.mjs";

test.runIf(process.platform === "linux" && process.arch === "x64")(
  "asks the NVIDIA driver only where it left a trace",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "driver-"));
    const asked = join(folder, "asked");
    const program = join(folder, "nvidia-smi");
    writeFileSync(program, `#!/bin/sh\necho > ${asked}\necho "GPU 0: made up"\n`);
    chmodSync(program, 0o755);
    const env = { PATH: `${folder}:/usr/bin:/bin` };
    expect(chooseDevice(env, [join(folder, "version")])).toBe("cpu");
    expect(existsSync(asked)).toBe(false);
    expect(chooseDevice(env, [join(folder, "version"), program])).toBe("cuda");
    expect(existsSync(asked)).toBe(true);
    expect(chooseDevice({ ...env, TUNELAB_DEVICE: "cpu" }, [program])).toBe("cpu");
  },
);
