import { expect, test } from "vitest";
import { placeOf } from "./hierarchies.ts";

const first = `33 23 0:28 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
34 33 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
35 33 0:32 / /sys/fs/cgroup/memory rw,relatime shared:10 - cgroup cgroup rw,memory`;
const container = `35 33 0:32 /docker/abc /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory`;
const second = `30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate`;
const both = `${first}\n42 33 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw`;

test.each([
  ["memory", first, "4:memory:/build/x\n", "/sys/fs/cgroup/memory/build/x"],
  ["cpu", first, "4:memory:/\n2:cpu,cpuacct:/a\n", "/sys/fs/cgroup/cpu,cpuacct/a"],
  ["memory", container, "4:memory:/docker/abc\n", "/sys/fs/cgroup/memory"],
  ["memory", container, "4:memory:/docker/abc/x\n", "/sys/fs/cgroup/memory/x"],
  ["memory", container, "4:memory:/\n", "/sys/fs/cgroup/memory"],
  ["memory", second, "0::/system.slice/worker.service\n", null],
  [null, second, "0::/system.slice/worker.service\n", "/sys/fs/cgroup/system.slice/worker.service"],
  [null, second, "0::/\n", "/sys/fs/cgroup"],
  [null, both, "4:memory:/\n0::/session\n", "/sys/fs/cgroup/unified/session"],
  [null, first, "4:memory:/\n", null],
  ["pids", first, "8:pids:/\n", null],
] as const)(
  "the folder of %s is found by what is mounted and what the process is in (%#)",
  (controller, mounts, memberships, place) => {
    expect(placeOf(mounts, memberships, controller)).toBe(place);
  },
);
