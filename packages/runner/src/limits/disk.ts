import { statfs } from "node:fs/promises";
import { execa } from "execa";
import type { Limits } from "./limits.ts";

type Usage = { bytes: number; files: number };

/** Where one build's files are counted. */
export type DiskShare = {
  /** Aborts when the build must end: with `share` when its own is used up, with `machine` when the disk is nearly full. */
  full: AbortSignal;
  /** Whether a file has come as far as the largest that is allowed. */
  holdsFileOf(bytes: number): Promise<boolean>;
  /** Whether whoever writes gets an error. */
  isDiskFull(): Promise<boolean>;
  leave(): void;
};

export type Disk = {
  /** Whether another build may begin there. */
  hasRoom(directory: string): Promise<boolean>;
  /** @param directory empty; what comes into it is the build's */
  enter(directory: string): Promise<DiskShare>;
};

export type DiskOptions = Pick<Limits, "diskBytes" | "diskFiles"> & {
  /** What must stay free, or the build that has used most ends. */
  reserveBytes: number;
};

const lookMs = 250;
/** Less than this, and a file of some size does not fit. */
const fullBytes = 4 * 1024 * 1024;
/** What others free hides what a build has taken, so it is counted from time to time in any case. */
const countMs = 20_000;

type Share = {
  directory: string;
  ending: AbortController;
  counted: Usage;
  /** What the whole disk had when the share was counted. */
  diskThen: Usage;
  countedAt: number;
  /** By which the free part of its disk is too small. */
  lackingBytes: number;
};

/**
 * Holds builds to their share of a disk that has no quotas. To count a tree takes long, and to ask how full the disk is
 * takes nothing: a build can't have grown by more than the disk has, so it is counted only when that could be too much.
 */
export function watchDisk({ diskBytes, diskFiles, reserveBytes }: DiskOptions): Disk {
  const shares = new Set<Share>();
  let timer: NodeJS.Timeout | undefined;

  const isOver = ({ bytes, files }: Usage) => bytes > diskBytes || files > diskFiles;

  async function look(): Promise<void> {
    const going = [...shares].filter(({ ending }) => !ending.signal.aborted);
    // Who is ending makes room; until then nobody else is blamed.
    const isEnding = going.length < shares.size;
    for (const share of going) await lookAt(share);
    if (!isEnding) blame(going);
  }

  async function lookAt(share: Share): Promise<void> {
    const now = await usageOfDisk(share.directory);
    share.lackingBytes = reserveBytes - now.freeBytes;
    const isOld = performance.now() - share.countedAt > (share.lackingBytes > 0 ? countMs / 20 : countMs);
    if (isOld || isOver(mostOf(share, now))) await count(share, now);
    if (isOver(share.counted)) share.ending.abort("share");
  }

  /** Where a disk is nearly full, ends the build that has taken most, if that makes the room that is lacking. */
  function blame(going: Share[]): void {
    const [most] = going
      .filter(({ lackingBytes, counted }) => lackingBytes > 0 && counted.bytes >= lackingBytes)
      .toSorted((one, other) => other.counted.bytes - one.counted.bytes);
    most?.ending.abort("machine");
  }

  async function count(share: Share, now: Usage): Promise<void> {
    const { usage, isHidden } = await usageOfTree(share.directory);
    const most = mostOf(share, now);
    // What a build hides from us counts as if it had taken all that the disk lost.
    share.counted = isHidden
      ? { bytes: Math.max(usage.bytes, most.bytes), files: Math.max(usage.files, most.files) }
      : usage;
    share.diskThen = now;
    share.countedAt = performance.now();
  }

  /** One look after another, as long as there is a build. */
  function goOn(): void {
    if (shares.size === 0 || timer !== undefined) return;
    timer = setTimeout(async () => {
      // A disk that can't be asked is asked again.
      await look().catch(() => undefined);
      timer = undefined;
      goOn();
    }, lookMs).unref();
  }

  return {
    hasRoom: async (directory) => (await usageOfDisk(directory)).freeBytes >= reserveBytes,
    async enter(directory) {
      const ending = new AbortController();
      const [counted, diskThen] = [{ bytes: 0, files: 0 }, await usageOfDisk(directory)];
      const share = { directory, ending, counted, diskThen, countedAt: performance.now(), lackingBytes: 0 };
      shares.add(share);
      goOn();
      return handleOf(share, () => shares.delete(share));
    },
  };
}

function handleOf(share: Share, leave: () => void): DiskShare {
  const { directory } = share;
  return {
    full: share.ending.signal,
    async holdsFileOf(bytes) {
      const size = ["-type", "f", "-size", `${bytes}c`, "-print", "-quit"];
      return (await execa("find", [directory, ...size], { reject: false })).stdout !== "";
    },
    isDiskFull: async () => (await usageOfDisk(directory)).freeBytes < fullBytes,
    leave,
  };
}

/** What a build can have at the most. */
function mostOf({ counted, diskThen }: Share, now: Usage): Usage {
  return {
    bytes: counted.bytes + Math.max(0, now.bytes - diskThen.bytes),
    files: counted.files + Math.max(0, now.files - diskThen.files),
  };
}

async function usageOfDisk(directory: string): Promise<Usage & { freeBytes: number }> {
  const { bsize, blocks, bfree, bavail, files, ffree } = await statfs(directory);
  return { bytes: (blocks - bfree) * bsize, files: files - ffree, freeBytes: bavail * bsize };
}

async function usageOfTree(directory: string): Promise<{ usage: Usage; isHidden: boolean }> {
  const du = (option: string) =>
    execa("du", ["--summarize", option, "--", directory], { reject: false, env: { LC_ALL: "C" } });
  const [bytes, files] = await Promise.all([du("--block-size=1"), du("--inodes")]);
  const numberOf = (text: string) => Number.parseInt(text, 10) || 0;
  return {
    usage: { bytes: numberOf(bytes.stdout), files: numberOf(files.stdout) },
    isHidden: `${bytes.stderr}${files.stderr}`.includes("Permission denied"),
  };
}
