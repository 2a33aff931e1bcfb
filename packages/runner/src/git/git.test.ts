import { access } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createBench } from "../testing/bench.ts";
import { checkOutIn } from "../testing/check-out.ts";
import { cleanUp } from "../testing/clean-up.ts";
import { startGitServer } from "../testing/git-server.ts";
import { listChangedFiles } from "./changed-files.ts";

const token = "ghs_canaryOfTheToken4713";
let server: Awaited<ReturnType<typeof startGitServer>>;
let bench: Awaited<ReturnType<typeof createBench>>;
beforeAll(async () => {
  server = await startGitServer(token);
  bench = await createBench({}, { git: new URL(server.cloneUrl) });
});
afterAll(async () => {
  await bench.close();
  await server.stop();
});

const checkOut = (sha: string, withToken = token) =>
  checkOutIn(bench, sha, { cloneUrl: server.cloneUrl, token: withToken });

const changed = (base: string, head: string, withToken = token) =>
  listChangedFiles({
    mirrorDirectory: join(bench.workspace.home, "mirrors", "one"),
    cloneUrl: server.cloneUrl,
    token: withToken,
    base,
    head,
  });

test("a checkout has the files of its commit and nothing of its token", async () => {
  const older = await server.commit({ "a/one.txt": "older" });
  await server.commit({ "a/one.txt": "newer" });
  const { exit, text } = await checkOut(older);
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  const seen = await bench.run([
    "sh",
    "-c",
    `cat a/one.txt; echo; ls -A /run/branchline; grep -rc ghs_ . /home/build; git log --format=%H`,
  ]);
  expect(seen.text).toMatch(/^older\n\.\//);
  expect(seen.text).not.toMatch(/:[1-9]/);
  expect(seen.text.trim().split("\n").at(-1)).toBe(older);
});

test("a wrong token is refused, and its own text is not shown", async () => {
  const { exit, text } = await checkOut(await server.commit({ "b.txt": "b" }), "ghs_wrongToken");
  expect(exit).not.toEqual({ kind: "exited", code: 0 });
  expect(text).not.toContain("ghs_wrongToken");
});

test("submodules are there when they are asked for, at the commits that are named, and those within them", async () => {
  const leaf = await server.repository("leaf");
  const library = await server.repository("library");
  const submodule = (name: string) => `[submodule "${name}"]\n\tpath = ${name}\n\turl = ../${name}\n`;
  await library.link("leaf", await leaf.commit({ "leaf.txt": "leaf" }));
  const older = await library.commit({ "library.txt": "older", ".gitmodules": submodule("leaf") });
  await library.commit({ "library.txt": "newer" });
  await server.link("library", older);
  const sha = await server.commit({ ".gitmodules": submodule("library") });
  const files = async () => (await bench.run(["find", "library", "-name", "*.txt"])).text.trim().split("\n");
  expect((await checkOut(sha)).exit).toEqual({ kind: "exited", code: 0 });
  expect(await files()).toEqual([""]);
  const { exit, text } = await checkOutIn(bench, sha, { cloneUrl: server.cloneUrl, token, submodules: true });
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  expect(await files()).toEqual(expect.arrayContaining(["library/library.txt", "library/leaf/leaf.txt"]));
  expect((await bench.run(["cat", "library/library.txt"])).text).toBe("older");
  expect((await bench.run(["grep", "-rc", "ghs_", "."])).text).not.toMatch(/:[1-9]/);
});

test("branches and files with a shell's or an option's letters are data", async () => {
  const hostile = ["$(touch pwned)", "--upload-pack=touch pwned", "`touch pwned`", "a'\"b\nc"];
  for (const name of ["$(id)", "--upload-pack=x", "`id`"]) await server.git("update-ref", `refs/heads/${name}`, "HEAD");
  const base = await server.git("rev-parse", "HEAD");
  const head = await server.commit(Object.fromEntries(hostile.map((name) => [`odd/${name}`, "x"])));
  const { exit, text } = await checkOut(head);
  expect(exit, text).toEqual({ kind: "exited", code: 0 });
  await expect(access(join(bench.workspace.repository, "pwned"))).rejects.toThrow();
  const files = hostile.map((name) => `odd/${name}`).toSorted();
  expect(await changed(base, head)).toEqual({ kind: "files", files: expect.arrayContaining(files) });
});

test("hooks and filters that a repository brings do not run", async () => {
  const head = await server.commit({
    ".gitattributes": "*.txt filter=evil\n",
    ".gitconfig": '[filter "evil"]\n\tsmudge = touch /workspace/pwned\n',
    ".githooks/post-checkout": "#!/bin/sh\ntouch /workspace/pwned\n",
    ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::touch /workspace/pwned\n',
  });
  expect((await checkOut(head)).exit).toEqual({ kind: "exited", code: 0 });
  await expect(access(join(bench.workspace.repository, "pwned"))).rejects.toThrow();
});

test("git tells what changed between two commits, a renamed file under both names", async () => {
  const base = await server.commit({ "services/a/x.ts": "a long enough text to be a rename", "services/b/y.ts": "1" });
  await server.commit({ "services/b/y.ts": "2" });
  await server.git("mv", "services/a/x.ts", "services/b/x.ts");
  const head = await server.commit({});
  const found = await changed(base, head);
  expect(found).toEqual({ kind: "files", files: ["services/a/x.ts", "services/b/x.ts", "services/b/y.ts"] });
});

test("what can't be told is unknown, with git's reason and without the token", async () => {
  const head = await server.git("rev-parse", "HEAD");
  const gone = await changed("0".repeat(39).concat("1"), head);
  expect(gone).toMatchObject({ kind: "unknown", because: expect.stringMatching(/not our ref/) });
  const refused = await changed(head, head, "ghs_wrongToken");
  expect(refused.kind).toBe("unknown");
  expect(JSON.stringify([gone, refused])).not.toContain("ghs_");
});

test("a server that leads git elsewhere does not have the token told there", async () => {
  const other = await startGitServer("none");
  cleanUp(() => other.stop());
  const leading = createServer((request, response) => {
    response.writeHead(302, { location: `${other.cloneUrl}${(request.url ?? "").replace("/led", "")}` }).end();
  });
  await new Promise<void>((resolve) => leading.listen(0, "127.0.0.1", resolve));
  cleanUp(() => new Promise((resolve) => leading.close(resolve)));
  const { port } = leading.address() as AddressInfo;
  const head = await server.git("rev-parse", "HEAD");
  const cloneUrl = `http://localhost:${port}/led`;
  const mirrorDirectory = join(bench.workspace.home, "mirrors", "led");
  const found = await listChangedFiles({ mirrorDirectory, cloneUrl, token, base: head, head });
  expect(found.kind).toBe("unknown");
  expect(other.refused).toEqual([undefined]);
});

test("two questions about one repository at once are both answered", async () => {
  const base = await server.commit({ "c.txt": "1" });
  const heads = [await server.commit({ "c.txt": "2" }), await server.commit({ "d.txt": "3" })];
  const found = await Promise.all(heads.map((head) => changed(base, head)));
  expect(found).toEqual([
    { kind: "files", files: ["c.txt"] },
    { kind: "files", files: ["c.txt", "d.txt"] },
  ]);
});
