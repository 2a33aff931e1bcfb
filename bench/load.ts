import { Agent, request } from "node:http";
import { quantile } from "./figures.ts";

/** What a load of requests measured. Times in milliseconds. */
export type Measured = { perSecond: number; p50Ms: number; p99Ms: number; refused: number };

export type Message = { headers: Record<string, string>; body: Buffer<ArrayBuffer> };

/**
 * Sends messages over `connections` kept-alive connections for `seconds`, each connection the next as soon as it was answered.
 * `refused` counts answers other than 202; their times count as well.
 */
export async function load(options: {
  url: string;
  connections: number;
  seconds: number;
  message(): Message;
}): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  const end = performance.now() + options.seconds * 1000;
  let refused = 0;
  const connection = async () => {
    while (performance.now() < end) {
      const begun = performance.now();
      const status = await post(agent, options.url, options.message());
      times.push(performance.now() - begun);
      if (status !== 202) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: options.connections }, connection));
  agent.destroy();
  const perSecond = times.length / options.seconds;
  return { perSecond, p50Ms: quantile(times, 0.5), p99Ms: quantile(times, 0.99), refused };
}

/** @returns the status */
export function post(agent: Agent, url: string, { headers, body }: Message): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: "POST", headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
