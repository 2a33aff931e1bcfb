import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import type { LocalAws } from "./aws.ts";

/** How AWS behaves: two of three questions are refused, all are, none is answered yet, or the answers are lost. */
export type AwsMood = "usual" | "throttled" | "unavailable" | "silent" | "deaf";

/** A change of a stack that AWS has taken, and for which deployment. */
export type AcceptedChange = { stackName: string; deploymentId: string | null; at: number };

export type AwsDoor = {
  port: number;
  endpoint: string;
  accepted: readonly AcceptedChange[];
  become(mood: AwsMood): void;
  stop(): Promise<void>;
};

/** Stands before the emulator under its certificate: who comes by this door meets AWS in its mood, and is written down. */
export async function startAwsDoor(aws: Pick<LocalAws, "port" | "ca">): Promise<AwsDoor> {
  const directory = dirname(aws.ca);
  const files = [aws.ca, join(directory, "certificate.pem"), join(directory, "key.pem")];
  const [ca, cert, key] = await Promise.all(files.map((file) => readFile(file)));
  const ledger = openLedger();
  let mood: AwsMood = "usual";
  let changed = Promise.withResolvers<void>();
  let questions = 0;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(incoming);
    questions += 1;
    const refusal = refusalIn(mood, questions);
    if (refusal !== null) return refuse(response, refusal);
    if (mood === "silent") await changed.promise;
    const isLost = mood === "deaf";
    const answered = await forward(incoming, body, { port: aws.port, ca });
    const bytes = await bytesOf(answered);
    if (answered.statusCode === 200) ledger.note(new URLSearchParams(body.toString("latin1")));
    if (isLost) response.destroy();
    else response.writeHead(answered.statusCode ?? 502, answered.headers).end(bytes);
  }

  const server = createServer({ cert, key }, (incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    endpoint: `https://127.0.0.1:${port}`,
    accepted: ledger.accepted,
    become(next) {
      mood = next;
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
    stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

function openLedger() {
  const accepted: AcceptedChange[] = [];
  const prepared = new Map<string, string | null>();
  return {
    accepted,
    /** A form that AWS has answered with success. */
    note(form: URLSearchParams): void {
      const action = form.get("Action");
      const stackName = nameIn(form.get("StackName") ?? "");
      // The one that creates a stack brings nothing of a deployment into it yet.
      if (action === "CreateChangeSet" && form.get("ChangeSetType") !== "CREATE")
        prepared.set(stackName, deploymentOf(form));
      if (action === "UpdateStack") accepted.push({ stackName, deploymentId: deploymentOf(form), at: Date.now() });
      const isPrepared = action === "ExecuteChangeSet" && prepared.has(stackName);
      if (isPrepared) accepted.push({ stackName, deploymentId: prepared.get(stackName) ?? null, at: Date.now() });
    },
  };
}

/** Of a name, or of an ARN that ends in stack/name/id. */
function nameIn(text: string): string {
  return text.startsWith("arn:") ? (text.split("/")[1] ?? "") : text;
}

function deploymentOf(form: URLSearchParams): string | null {
  const isTag = (name: string, value: string) =>
    /^Tags\.member\.\d+\.Key$/.test(name) && value === "branchline:deployment";
  const [name] = [...form].find((entry) => isTag(...entry)) ?? [];
  return name === undefined ? null : form.get(name.replace(/Key$/, "Value"));
}

type Refusal = { status: number; code: string; message: string };

function refusalIn(mood: AwsMood, question: number): Refusal | null {
  if (mood === "unavailable") return { status: 503, code: "ServiceUnavailable", message: "Service is unavailable" };
  if (mood === "throttled" && question % 3 > 0) return { status: 400, code: "Throttling", message: "Rate exceeded" };
  return null;
}

/** In the shape that STS, CloudFormation and S3 have in common. */
function refuse(response: ServerResponse, { status, code, message }: Refusal): void {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<ErrorResponse>${error}<RequestId>${crypto.randomUUID()}</RequestId></ErrorResponse>`;
  response.writeHead(status, { "content-type": "text/xml" }).end(body);
}

function forward(
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  to: { port: number; ca: Buffer | undefined },
): Promise<IncomingMessage> {
  const { "transfer-encoding": _, ...kept } = headers;
  const options = { ...to, host: "127.0.0.1", servername: "localhost", method, path };
  return new Promise((resolve, reject) => {
    request({ ...options, headers: { ...kept, "content-length": body.length } }, resolve)
      .on("error", reject)
      .end(body);
  });
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
