const megabyte = 1024 * 1024;

/** What one build may use of its machine. */
export type Limits = {
  /** Of its processes together, with what they keep in /tmp. */
  memoryBytes: number;
  /** Threads count. */
  processes: number;
  cpus: number;
  /** Of its workspace. */
  diskBytes: number;
  diskFiles: number;
  /** Of any one file. */
  fileBytes: number;
};

/** The disk of a worker is no limit of a build's, but ends it as one. */
export type LimitName = "memory" | "processes" | "disk" | "file" | "worker_disk";

export const defaultLimits: Limits = {
  memoryBytes: 4096 * megabyte,
  processes: 2048,
  cpus: 2,
  diskBytes: 10_240 * megabyte,
  diskFiles: 2_000_000,
  fileBytes: 4096 * megabyte,
};

const inMegabytes = (bytes: number) => `${Math.round(bytes / megabyte).toLocaleString("en")} MB`;

/** What was reached, with its measure. */
export function sentenceOf(limit: LimitName, limits: Limits): string {
  switch (limit) {
    case "memory":
      return `The build needed more than ${inMegabytes(limits.memoryBytes)} of memory, all that this worker gives one.`;
    case "processes":
      return `The build had more than ${limits.processes.toLocaleString("en")} processes and threads, all that this worker gives one.`;
    case "disk":
      return `The build took more than ${inMegabytes(limits.diskBytes)} of disk, or more than ${limits.diskFiles.toLocaleString("en")} files, all that this worker gives one.`;
    case "file":
      return `The build wrote a file of more than ${inMegabytes(limits.fileBytes)}, the largest that this worker allows.`;
    case "worker_disk":
      return "This worker's disk was nearly full, and the build had taken most of it.";
  }
}
