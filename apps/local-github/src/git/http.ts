import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { execa } from "execa";
import { GIT_ENV } from "./run.ts";

interface Call {
  dir: string;
  /** Below the repository: `/info/refs`, `/git-upload-pack`, `/git-receive-pack`. */
  path: string;
  request: Request;
  /** The name that may push; null for reading only. */
  user: string | null;
}

/** Answers git's smart HTTP protocol through `git http-backend`; ends with the answer or the client. */
export async function gitBackend(call: Call): Promise<Response> {
  const child = execa("git", ["http-backend"], {
    env: { ...GIT_ENV, ...cgiEnvironment(call) },
    reject: false,
    buffer: false,
    encoding: "buffer",
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  });
  const body = call.request.body ? Readable.fromWeb(call.request.body) : Readable.from([]);
  // A client that goes away ends git's input, and git then ends by itself.
  pipeline(body, child.stdin).catch(() => child.kill());
  const chunks = (child.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const { head, rest } = await readHead(chunks);
  if (head === null) return new Response("git http-backend gave no answer", { status: 500 });
  const content = streamOf(rest, chunks, () => child.kill());
  return new Response(content, parseHead(head));
}

function cgiEnvironment(call: Call): Record<string, string> {
  const url = new URL(call.request.url);
  const header = (name: string) => call.request.headers.get(name) ?? "";
  const length = header("content-length");
  return {
    GIT_PROJECT_ROOT: call.dir,
    GIT_HTTP_EXPORT_ALL: "1",
    PATH_INFO: call.path,
    REQUEST_METHOD: call.request.method,
    QUERY_STRING: url.search.slice(1),
    CONTENT_TYPE: header("content-type"),
    HTTP_CONTENT_ENCODING: header("content-encoding"),
    GIT_PROTOCOL: header("git-protocol"),
    REMOTE_ADDR: "127.0.0.1",
    ...(length === "" ? {} : { CONTENT_LENGTH: length }),
    ...(call.user === null ? {} : { REMOTE_USER: call.user }),
  };
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<{ head: string | null; rest: Buffer }> {
  let seen: Buffer = Buffer.alloc(0);
  for (;;) {
    const end = seen.indexOf("\r\n\r\n");
    if (end >= 0) return { head: seen.subarray(0, end).toString("latin1"), rest: seen.subarray(end + 4) };
    const next = await chunks.next();
    if (next.done) return { head: null, rest: seen };
    seen = Buffer.concat([seen, next.value]);
  }
}

function parseHead(head: string): { status: number; headers: Headers } {
  const headers = new Headers();
  let status = 200;
  for (const line of head.split("\r\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === "status") status = Number.parseInt(value, 10);
    else headers.append(name, value);
  }
  return { status, headers };
}

function streamOf(first: Buffer, chunks: AsyncIterator<Buffer>, cancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.length > 0) controller.enqueue(new Uint8Array(first));
    },
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel,
  });
}
