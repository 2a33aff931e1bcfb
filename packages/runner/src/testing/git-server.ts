import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";

/** Repositories of real git behind HTTP, which asks for a token as GitHub does. The first is there, others are made. */
export async function startGitServer(token: string) {
  const root = await mkdtemp(join(tmpdir(), "git-"));
  const expected = `Basic ${Buffer.from(`x-access-token:${token}`).toString("base64")}`;
  const refused: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (authorization === expected) return void backend(root, request, response);
    refused.push(authorization);
    response.writeHead(401, { "www-authenticate": "Basic" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  const repository = async (name: string) => ({
    cloneUrl: `http://localhost:${port}/${name}`,
    ...(await createRepository(join(root, name))),
  });
  return {
    port,
    ...(await repository("repository")),
    repository,
    /** What each came with who had no token of ours. */
    refused,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function createRepository(directory: string) {
  await mkdir(directory);
  const git = async (...argv: string[]) => (await execa("git", argv, { cwd: directory, env: author })).stdout;
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "uploadpack.allowAnySHA1InWant", "true");
  await git("config", "uploadpack.allowFilter", "true");

  /** @returns the commit's SHA */
  async function commit(files: Record<string, string>): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), text);
    }
    await git("add", "--", ...Object.keys(files));
    await git("commit", "--quiet", "--message", "change");
    return git("rev-parse", "HEAD");
  }

  return {
    git,
    commit,
    /** A commit of another repository as a submodule of the commit that comes next. */
    link: (path: string, sha: string) => git("update-index", "--add", "--cacheinfo", `160000,${sha},${path}`),
  };
}

const author = {
  GIT_AUTHOR_NAME: "Ada",
  GIT_AUTHOR_EMAIL: "ada@example.com",
  GIT_COMMITTER_NAME: "Ada",
  GIT_COMMITTER_EMAIL: "ada@example.com",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

async function backend(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://localhost");
  const { stdout } = await execa("git", ["http-backend"], {
    input: request,
    encoding: "buffer",
    // What git refuses it says in its answer.
    reject: false,
    env: {
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
    },
  });
  const answer = Buffer.from(stdout);
  const end = answer.indexOf("\r\n\r\n");
  const headers = new Map(
    answer
      .subarray(0, end)
      .toString("latin1")
      .split("\r\n")
      .map((line) => line.split(": ") as [string, string]),
  );
  const status = Number.parseInt(headers.get("Status") ?? "200", 10);
  headers.delete("Status");
  response.writeHead(status, Object.fromEntries(headers)).end(answer.subarray(end + 4));
}
