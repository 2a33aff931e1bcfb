import type { DiskShare } from "./disk.ts";
import type { Group } from "./group.ts";
import type { LimitName } from "./limits.ts";

const lookMs = 250;
const SIGXFSZ = 25;

/** Looks whether a step has reached a limit of its machine: while it runs, and once more when it has failed. */
export function watchLimits(group: Group, share: DiskShare, fileBytes: number, onReached: (limit: LimitName) => void) {
  async function reached(): Promise<LimitName | null> {
    if (share.full.aborted) return share.full.reason === "share" ? "disk" : "worker_disk";
    const { memory, processes } = await group.hits();
    if (memory > 0) return "memory";
    return processes > 0 ? "processes" : null;
  }

  const timer = setInterval(async () => {
    const limit = await reached().catch(() => null);
    if (limit !== null) onReached(limit);
  }, lookMs);

  return {
    stop: () => clearInterval(timer),
    /** The limit that made it fail, as far as can be told. */
    async whyFailed(code: number): Promise<LimitName | null> {
      const limit = await reached();
      if (limit !== null) return limit;
      if (code === 128 + SIGXFSZ || (await share.holdsFileOf(fileBytes))) return "file";
      return (await share.isDiskFull()) ? "worker_disk" : null;
    },
  };
}
