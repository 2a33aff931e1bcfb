import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import type { LocalAws } from "./aws.ts";

/** What STS says instead of assuming a role. */
export type StsError = { status: number; code: string; message: string };

export type AwsGate = Awaited<ReturnType<typeof startAwsGate>>;

const stsError = (status: number, code: string, message: string): StsError => ({ status, code, message });

export const throttling = stsError(400, "Throttling", "Rate exceeded");
export const tooLong = stsError(
  400,
  "ValidationError",
  "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
);
const expired = stsError(403, "ExpiredToken", "The security token included in the request is expired");

type Asked = { message: IncomingMessage; body: Buffer; accessKeyId: string; service: string };

/**
 * Stands between AWS and those who ask it: writes down who assumed which role how, says no in STS's words when it is
 * told to, and lets sessions end early, after which AWS knows them no more. Everything else passes as it is.
 */
export async function startAwsGate(aws: Pick<LocalAws, "port" | "ca" | "certificate" | "key">) {
  const [ca, cert, key] = await Promise.all([aws.ca, aws.certificate, aws.key].map((file) => readFile(file)));
  const asked: URLSearchParams[] = [];
  const ends = new Map<string, number>();
  let refuse: (form: URLSearchParams) => StsError | null = () => null;
  let sessionMs: number | null = null;

  function pass({ message, body }: Asked, answered: (answer: IncomingMessage) => void, response: ServerResponse): void {
    const { method, url: path, headers } = message;
    const upstream = request({ host: "127.0.0.1", port: aws.port, method, path, headers, ca }, answered);
    upstream.on("error", () => response.destroy());
    upstream.end(body);
  }

  async function shorten(answer: IncomingMessage, response: ServerResponse, lastsMs: number): Promise<void> {
    const until = Date.now() + lastsMs;
    const text = String(await bytesOf(answer));
    const accessKeyId = /<AccessKeyId>(\w+)</.exec(text)?.[1];
    if (accessKeyId !== undefined) ends.set(accessKeyId, until);
    const { "content-length": _, ...headers } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, headers);
    response.end(text.replace(/<Expiration>[^<]*</, `<Expiration>${new Date(until).toISOString()}<`));
  }

  function answerAsIs(one: Asked, response: ServerResponse): void {
    const copy = (answer: IncomingMessage) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    };
    pass(one, copy, response);
  }

  function answerAssumeRole(one: Asked, form: URLSearchParams, response: ServerResponse): void {
    asked.push(form);
    const error = refuse(form);
    const lastsMs = sessionMs;
    if (error !== null) say(response, one.service, error);
    else if (lastsMs === null) answerAsIs(one, response);
    else pass(one, (answer) => void shorten(answer, response, lastsMs), response);
  }

  const server = createServer({ cert, key }, async (message, response) => {
    const one = await askedBy(message);
    if ((ends.get(one.accessKeyId) ?? Number.POSITIVE_INFINITY) < Date.now())
      return say(response, one.service, expired);
    const form = new URLSearchParams(one.service === "sts" ? String(one.body) : "");
    if (form.get("Action") === "AssumeRole") answerAssumeRole(one, form, response);
    else answerAsIs(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `https://127.0.0.1:${port}`,
    /** Each AssumeRole as it was asked, oldest first. */
    asked,
    /** What AssumeRole is answered with from now on; null lets it pass. */
    refuseWith(answer: (form: URLSearchParams) => StsError | null): void {
      refuse = answer;
    },
    /** How long the sessions last that are given from now on; null: as AWS says. */
    endSessionsAfter(ms: number | null): void {
      sessionMs = ms;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function askedBy(message: IncomingMessage): Promise<Asked> {
  const signed = /Credential=(\w+)\/\d+\/[\w-]+\/([\w-]+)\//.exec(message.headers.authorization ?? "");
  return { message, body: await bytesOf(message), accessKeyId: signed?.[1] ?? "", service: signed?.[2] ?? "" };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** An error in the form of the service that was asked: S3's has no envelope, and what is asked in JSON hears JSON. */
function say(response: ServerResponse, service: string, { status, code, message }: StsError): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const isXml = ["sts", "cloudformation", "iam", "s3"].includes(service);
  response.writeHead(status, { "content-type": isXml ? "text/xml" : "application/x-amz-json-1.1" });
  if (!isXml) response.end(JSON.stringify({ __type: `${code}Exception`, message }));
  else response.end(service === "s3" ? error : `<ErrorResponse>${error}</ErrorResponse>`);
}
