import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createBodyReader, type ReadBody } from "./read-body.ts";

test("threat 4: many large bodies at once that never end, or are not stored: refused once they fill what all may hold, and room for others then", async () => {
  const read = createBodyReader(100_000);
  const kinds: ReadBody["kind"][] = [];
  let release = () => {};
  const server = createServer((message: IncomingMessage, response) => {
    read(message).then(
      (body) => {
        kinds.push(body.kind);
        if (body.kind === "read") release = body.release;
        response.end(body.kind);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const send = () => {
    const sent = request({ port, host: "127.0.0.1", method: "POST", headers: { "content-length": 60_000 } });
    sent.on("error", () => undefined);
    return sent;
  };
  const answered = (sent: ReturnType<typeof send>) => new Promise((resolve) => sent.once("response", resolve));
  const first = send();
  first.write(Buffer.alloc(59_000));
  const second = send();
  second.write(Buffer.alloc(59_000));
  await answered(second);
  expect(kinds).toEqual(["full"]);
  first.end(Buffer.alloc(1_000));
  await answered(first);
  // It is read, and not stored yet.
  const third = send();
  third.end(Buffer.alloc(60_000));
  await answered(third);
  expect(kinds).toEqual(["full", "read", "full"]);
  release();
  const fourth = send();
  fourth.end(Buffer.alloc(60_000));
  await answered(fourth);
  expect(kinds).toEqual(["full", "read", "full", "read"]);
});
