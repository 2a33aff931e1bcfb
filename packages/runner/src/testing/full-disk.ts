// Two builds on a disk of their own, the temporary folder's: one fills it, the other goes on. Prints what became of both.
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createBench, machineOfTests } from "./bench.ts";

const machine = await machineOfTests({}, 24 * 1024 * 1024);
const [greedy, modest] = await Promise.all([createBench({}, { machine }), createBench({}, { machine })]);
const hasRoom = () => machine.disk.hasRoom(tmpdir());

const going = modest.run([
  "sh",
  "-c",
  "i=0; until test -e end; do i=$((i+1)); echo x > $i || exit 1; sleep 0.02; done",
]);
const fill = "i=0; while :; do i=$((i+1)); dd if=/dev/zero of=$i bs=1M count=2 2>/dev/null; sleep 0.05; done";
const { exit: filled } = await greedy.run(["sh", "-c", fill]);
const hadRoom = await hasRoom();
await greedy.close();
await writeFile(join(modest.workspace.repository, "end"), "");
const { exit: wentOn } = await going;
console.log(JSON.stringify({ filled, wentOn, hadRoom, hasRoom: await hasRoom() }));
await modest.close();
