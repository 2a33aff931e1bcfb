import { createHash } from "node:crypto";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { cleanUp } from "../testing/clean-up.ts";

const canary = "canary-of-a-neighbour-4716";

async function build() {
  const bench = await createBench({ "package.json": '{ "name": "a", "version": "1.0.0" }' });
  cleanUp(() => bench.close());
  return bench;
}

test("threat 20: hunts for what a build beside it has in files, memory, sockets and processes: nothing", async () => {
  const [victim, hunter] = await Promise.all([build(), build()]);
  const hide = `umask 000; for place in /workspace /home/build /tmp /dev/shm; do echo ${canary} > $place/secret-${canary}; done
    node -e 'require("net").createServer((c) => c.end("${canary}")).listen("\\0open")' &
    node -e 'require("net").createServer((c) => c.end("${canary}")).listen(8080, "127.0.0.1")' & sleep 0.5; echo hidden
    until test -e end; do sleep 0.05; done`;
  const hidden = Promise.withResolvers<void>();
  const living = victim.run(["sh", "-c", hide], { output: async () => hidden.resolve() });
  await hidden.promise;
  const look = `ls -d /workspace/.. ${victim.workspace.repository} ${victim.workspace.home} 2>&1
    grep -rs ${canary.slice(0, 12)} / --exclude-dir=proc --exclude-dir=usr --exclude-dir=tools
    cat /proc/*/environ /proc/*/cmdline; ls /proc; ipcs; cat /proc/net/unix; find / -name "secret-*" -not -path "/proc/*"
    node -e 'require("net").connect("\\0open").on("error", (e) => console.log(e.code)).on("data", (d) => console.log(String(d)))'
    node -e 'require("net").connect(8080, "127.0.0.1").on("error", (e) => console.log(e.code)).on("data", (d) => console.log(String(d)))'`;
  // Built of two parts, so that the look does not find itself.
  const { text } = await hunter.run(["sh", "-c", look.replace(canary.slice(0, 12), "canary-of-a-neigh'b'our")]);
  await writeFile(join(victim.workspace.repository, "end"), "");
  await living;
  expect(text.match(/ECONNREFUSED/g)).toHaveLength(2);
  expect(text).toMatch(/cannot access/);
  expect(text).not.toContain(canary);
});

/** Everything that all builds read, by its content; what was installed, by its time and size. */
async function digest(directory: string): Promise<string> {
  const hash = createHash("sha256");
  for (const entry of (await readdir(directory, { recursive: true })).toSorted()) {
    const found = await stat(join(directory, entry)).catch(() => null);
    if (found === null) continue;
    hash.update(`${entry} ${found.mode} ${found.size} ${found.mtimeMs}\n`);
    if (found.isFile() && found.size < 20_000) hash.update(await readFile(join(directory, entry)));
  }
  return hash.digest("hex");
}

test("threat 21: poisons every cache, tool and folder that it can write, for the build of a protected branch: the other build finds none of it", async () => {
  const poisoner = await build();
  const before = await digest(poisoner.toolchain.directory);
  const poison = `for place in /home/build/.npm /home/build/.cache /home/build/.config /home/build/.yarn /opt/tools/node_modules/.bin \\
      /opt/tools/node_modules/npm/lib /opt/node/bin /usr/local/bin /usr/bin /usr/lib/node_modules /tmp /var/tmp /dev/shm /etc /; do
      mkdir -p $place 2>/dev/null; echo 'echo ${canary}' > $place/npm 2>/dev/null && echo "wrote $place"; done
    echo 'prefix=/home/build/.npm' > ~/.npmrc; npm config set cache /home/build/.npm; npm cache add ms@2.1.3
    git config --global core.hooksPath /home/build/.config; npm install --global ms@2.1.3; echo done`;
  const poisoned = await poisoner.run(["sh", "-c", poison], { allow: poisoner.hosts.build });
  expect(poisoned.text).toContain("wrote /home/build/.npm");
  expect(poisoned.text).toMatch(/done\n$/);
  await poisoner.close().catch(() => undefined);

  const own = await build();
  const look = `find / -newermt '-1 hour' -type f -not -path '/proc/*' -not -path '/sys/*' 2>/dev/null | grep -v '^/workspace/'
    find /home/build /tmp /dev/shm -mindepth 1; npm config get prefix; git config --global --list; npm cache ls; grep -rs ${canary} / --exclude-dir=proc --exclude-dir=usr --exclude-dir=tools`;
  const { text } = await own.run(["sh", "-c", `${look} | grep -v "grep -rs"; echo looked`]);
  expect(text).not.toContain(canary);
  expect(text).not.toContain("ms-2.1.3");
  expect(await digest(own.toolchain.directory)).toBe(before);
});
