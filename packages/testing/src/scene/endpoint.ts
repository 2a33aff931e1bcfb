import { readFile } from "node:fs/promises";
import { request } from "node:https";
import type { LocalAws } from "../aws.ts";

export type Answer = { status: number; body: string };

/**
 * Asks a deployed endpoint of the emulator. Its name in AWS (https://{api}.execute-api.{region}.amazonaws.com/…) belongs to
 * no account that the emulator could tell, so the header names it.
 */
export async function askEndpoint(
  aws: Pick<LocalAws, "port" | "ca">,
  endpoint: string,
  accountId: string,
): Promise<Answer> {
  const { hostname, pathname, search } = new URL(endpoint);
  const region = hostname.split(".")[2] ?? "us-east-1";
  const scope = `${accountId}/20260101/${region}/execute-api/aws4_request`;
  const ca = await readFile(aws.ca);
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: aws.port,
        servername: hostname,
        path: `${pathname}${search}`,
        ca,
        headers: {
          host: `${hostname.split(".")[0]}.execute-api.localhost:${aws.port}`,
          authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
        },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          body += text;
        });
        response.once("end", () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    asked.once("error", reject).end();
  });
}

/** The addresses in a deployment's outputs, such as "GET - https://…/orders". */
export function endpointsOf(outputs: { kind: string; value: string }[]): string[] {
  return outputs.flatMap(({ value }) => value.match(/https:\/\/[\w.-]+\.execute-api\.[\w.-]+\/?\S*/g) ?? []);
}
