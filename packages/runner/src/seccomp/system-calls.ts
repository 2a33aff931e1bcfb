export type Architecture = "x64" | "arm64";

/** Linux's numbers of the calls that a build may not make, on x64 and on arm64; null where there is no such call. */
const numbers = {
  // Other processes: their memory, their open files.
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  process_madvise: [440, 440],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  // Programs inside the kernel, and the parts of it in which most ways out of a sandbox were found.
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  fanotify_init: [300, 262],
  lookup_dcookie: [212, 18],
  mbind: [237, 235],
  set_mempolicy: [238, 237],
  migrate_pages: [256, 238],
  move_pages: [279, 239],
  modify_ldt: [154, null],
  uselib: [134, null],
  // Its keys, which no namespace holds apart.
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  // What is mounted, and namespaces of its own.
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  move_mount: [429, 429],
  open_tree: [428, 428],
  open_tree_attr: [467, 467],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  setns: [308, 268],
  unshare: [272, 97],
  clone: [56, 220],
  clone3: [435, 435],
  // The machine.
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  acct: [163, 89],
  quotactl: [179, 60],
  quotactl_fd: [443, 443],
  syslog: [103, 116],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  vhangup: [153, 58],
  iopl: [172, null],
  ioperm: [173, null],
  // Some uses of these are everyday ones.
  personality: [135, 92],
  socket: [41, 198],
} as const satisfies Record<string, readonly [number, number | null]>;

export type SystemCall = keyof typeof numbers;

export const systemCalls = Object.keys(numbers) as SystemCall[];

export function numberOf(call: SystemCall, architecture: Architecture): number | null {
  return numbers[call][architecture === "x64" ? 0 : 1];
}
