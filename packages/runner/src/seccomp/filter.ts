import { type Architecture, numberOf, type SystemCall, systemCalls } from "./system-calls.ts";

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** What becomes of a call that is not simply refused. Arguments are the first one's. */
type Rule = { errno: number; unless?: readonly number[]; onlyWithBits?: number };

/** CLONE_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET; of unshare also _NEWTIME. */
const newNamespaces = 0x7e02_0000;
const newTime = 0x80;

const rules: Partial<Record<SystemCall, Rule>> = {
  clone: { errno: EPERM, onlyWithBits: newNamespaces },
  unshare: { errno: EPERM, onlyWithBits: newNamespaces | newTime },
  // Its flags lie in memory, where no filter can look; C libraries then use clone.
  clone3: { errno: ENOSYS },
  // Linux, 32-bit programs, and the question which one it is.
  personality: { errno: EPERM, unless: [0, 8, 0xffff_ffff] },
  // Unix, IPv4, IPv6, netlink. Among the others is vsock, which leads to whoever runs the virtual machine.
  socket: { errno: EAFNOSUPPORT, unless: [1, 2, 10, 16] },
};

const auditArchitectures: Record<Architecture, number> = { x64: 0xc000_003e, arm64: 0xc000_00b7 };

/** Calls of the x32 interface have this bit. */
const x32Bit = 0x4000_0000;

/** Where the kernel puts what a filter looks at: struct seccomp_data. */
const place = { number: 0, architecture: 4, firstArgument: 16 };

const ALLOW = 0x7fff_0000;
const KILL_PROCESS = 0x8000_0000;
const refuse = (errno: number) => 0x0005_0000 | errno;

/** An instruction of classic BPF: code, jump if true, jump if false, constant. */
type Instruction = readonly [code: number, ifTrue: number, ifFalse: number, constant: number];

const load = (offset: number): Instruction => [0x20, 0, 0, offset];
const give = (verdict: number): Instruction => [0x06, 0, 0, verdict];
const skipIfEqual = (value: number, skipped: number): Instruction => [0x15, skipped, 0, value];
const skipUnlessEqual = (value: number, skipped: number): Instruction => [0x15, 0, skipped, value];
const skipUnlessAtLeast = (value: number, skipped: number): Instruction => [0x35, 0, skipped, value];
const skipUnlessBits = (bits: number, skipped: number): Instruction => [0x45, 0, skipped, bits];

function bodyOf({ errno, unless, onlyWithBits }: Rule): Instruction[] {
  if (onlyWithBits !== undefined)
    return [load(place.firstArgument), skipUnlessBits(onlyWithBits, 1), give(refuse(errno)), give(ALLOW)];
  if (unless === undefined) return [give(refuse(errno))];
  const allowed = unless.flatMap((value) => [skipUnlessEqual(value, 1), give(ALLOW)]);
  return [load(place.firstArgument), ...allowed, give(refuse(errno))];
}

/**
 * A seccomp program for bwrap's --seccomp: everything is allowed but what a build has no honest use for. Such a call fails,
 * as where the kernel does not know it; a call in the manner of another architecture ends the process.
 */
export function seccompFilter(architecture: Architecture): Buffer {
  const refusals = systemCalls.flatMap((call): Instruction[] => {
    const number = numberOf(call, architecture);
    if (number === null) return [];
    const body = bodyOf(rules[call] ?? { errno: EPERM });
    return [skipUnlessEqual(number, body.length), ...body];
  });
  return encode([
    load(place.architecture),
    skipIfEqual(auditArchitectures[architecture], 1),
    give(KILL_PROCESS),
    load(place.number),
    skipUnlessAtLeast(x32Bit, 1),
    give(KILL_PROCESS),
    ...refusals,
    give(ALLOW),
  ]);
}

function encode(program: Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, ifTrue, ifFalse, constant], index) => {
    const at = index * 8;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(ifTrue, at + 2);
    bytes.writeUInt8(ifFalse, at + 3);
    bytes.writeUInt32LE(constant, at + 4);
  });
  return bytes;
}
