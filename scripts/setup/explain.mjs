// Turns what npm, pip or uv said when it failed into one sentence for a person.

const network =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|Failed to establish a new connection|ConnectTimeoutError|ReadTimeoutError|Connection refused|Temporary failure in name resolution|Name or service not known|Connection reset by peer|Network is unreachable|error sending request|dns error|Could not connect|network timeout|Max retries exceeded/i;
const disk = /ENOSPC|No space left on device|os error 28\b|Errno 28\b|EDQUOT|Disk quota exceeded/i;
const permission = /\bEACCES\b|Permission denied|\bEROFS\b|Read-only file system/i;
const hash = /DO NOT MATCH THE HASHES|EINTEGRITY|Hash mismatch/i;

/**
 * @param {string} what what was being done, such as "npm packages could not be fetched"
 * @param {string} said the program's last lines
 * @returns {string} one sentence, its cause included where it is known
 */
export function explain(what, said) {
  if (disk.test(said))
    return `${what}: the disk is full; free some space and start again, what is done stays.`;
  if (hash.test(said))
    return `${what}: a package differs from the one that was locked; the registry or a cache in between changed it.`;
  if (network.test(said))
    return `${what}: the package registry could not be reached; check the network and start again, what is done stays.`;
  if (permission.test(said)) return `${what}: a file may not be written here; check who owns this folder.`;
  const lines = said
    .split("\n")
    .map((line) => line.trim())
    .filter(
      (line) =>
        line && !/^npm error$|^npm error code|complete log of this run|^\[notice\]|^WARNING/.test(line),
    );
  const told = lines.find((line) => /^(npm error|error:|ERROR:)/.test(line)) ?? lines.at(-1);
  return `${what}${told ? `: ${told.replace(/^(npm error|error:|ERROR:)\s*/, "")}` : "."}`;
}
