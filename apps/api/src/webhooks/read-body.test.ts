import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createBodyReader, type ReadBody } from "./read-body.ts";

test("threat 4: many large bodies at once that never end: refused once they fill what all may hold, and room for others then", async () => {
  const read = createBodyReader(100_000);
  const kinds: ReadBody["kind"][] = [];
  const server = createServer((message: IncomingMessage, response) => {
    read(message).then(
      ({ kind }) => {
        kinds.push(kind);
        response.end(kind);
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
  const first = send();
  first.write(Buffer.alloc(59_000));
  const second = send();
  const answered = new Promise<void>((resolve) => second.once("response", () => resolve()));
  second.write(Buffer.alloc(59_000));
  await answered;
  expect(kinds).toEqual(["full"]);
  first.end(Buffer.alloc(1_000));
  await new Promise((resolve) => first.once("response", resolve));
  const third = send();
  third.end(Buffer.alloc(60_000));
  await new Promise((resolve) => third.once("response", resolve));
  expect(kinds).toEqual(["full", "read", "read"]);
});
