import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import type { LocalAws } from "./aws.ts";

/** A question to AWS: who asks, by their access key, and which service. */
export type AwsQuestion = { message: IncomingMessage; body: Buffer; accessKeyId: string; service: string };
export type AwsAnswer = { status: number; headers: IncomingMessage["headers"]; body: Buffer };
export type AwsError = { status: number; code: string; message: string };

export type AwsFront = { port: number; endpoint: string; stop(): Promise<void> };

/**
 * Stands before the emulator under its certificate, and lets `answer` say what whoever comes this way hears.
 * @param answer is given the question and a way to ask the emulator; null: no answer, and the connection ends
 */
export async function startAwsFront(
  aws: Pick<LocalAws, "port" | "ca" | "certificate" | "key">,
  answer: (question: AwsQuestion, ask: () => Promise<AwsAnswer>) => Promise<AwsAnswer | null>,
): Promise<AwsFront> {
  const [ca, cert, key] = await Promise.all([aws.ca, aws.certificate, aws.key].map((file) => readFile(file)));
  const upstream = { host: "127.0.0.1", port: aws.port, ca };

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const question = await questionOf(message);
    const answered = await answer(question, () => ask(question, upstream));
    if (answered === null) response.destroy();
    else response.writeHead(answered.status, answered.headers).end(answered.body);
  }

  const server = createServer({ cert, key }, (message, response) => {
    serve(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `https://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function questionOf(message: IncomingMessage): Promise<AwsQuestion> {
  const signed = /Credential=(\w+)\/\d+\/[\w-]+\/([\w-]+)\//.exec(message.headers.authorization ?? "");
  return { message, body: await bytesOf(message), accessKeyId: signed?.[1] ?? "", service: signed?.[2] ?? "" };
}

function ask({ message, body }: AwsQuestion, upstream: { host: string; port: number; ca: Buffer | undefined }) {
  const { method, url: path } = message;
  const { "transfer-encoding": _, ...headers } = message.headers;
  return new Promise<AwsAnswer>((resolve, reject) => {
    const heard = (answer: IncomingMessage) => {
      const { statusCode: status = 502 } = answer;
      bytesOf(answer).then((bytes) => resolve({ status, headers: headersOf(answer), body: bytes }), reject);
    };
    const options = { ...upstream, method, path, headers: { ...headers, "content-length": body.length } };
    request(options, heard).on("error", reject).end(body);
  });
}

/** Without those that the body, which is whole by now, decides anew. */
function headersOf({ headers }: IncomingMessage): IncomingMessage["headers"] {
  const { "content-length": _, "transfer-encoding": __, connection: ___, ...kept } = headers;
  return kept;
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** An error in the form of the service that was asked: S3's has no envelope, and what is asked in JSON hears JSON. */
export function awsErrorOf({ service }: AwsQuestion, { status, code, message }: AwsError): AwsAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const isXml = ["sts", "cloudformation", "iam", "s3"].includes(service);
  const headers = { "content-type": isXml ? "text/xml" : "application/x-amz-json-1.1" };
  const xml = service === "s3" ? error : `<ErrorResponse>${error}</ErrorResponse>`;
  const text = isXml ? xml : JSON.stringify({ __type: `${code}Exception`, message });
  return { status, headers, body: Buffer.from(text) };
}
