import type { LocalAws } from "./aws.ts";
import { type AwsAnswer, type AwsError, awsErrorOf, startAwsFront } from "./aws-front.ts";

export type AwsGate = Awaited<ReturnType<typeof startAwsGate>>;

const errorOf = (status: number, code: string, message: string): AwsError => ({ status, code, message });

export const throttling = errorOf(400, "Throttling", "Rate exceeded");
export const tooLong = errorOf(
  400,
  "ValidationError",
  "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
);
const expired = errorOf(403, "ExpiredToken", "The security token included in the request is expired");

/**
 * Stands between AWS and those who ask it: writes down who assumed which role how, says no in STS's words when it is
 * told to, and lets sessions end early, after which AWS knows them no more. Everything else passes as it is.
 */
export async function startAwsGate(aws: Pick<LocalAws, "port" | "ca" | "certificate" | "key">) {
  const asked: URLSearchParams[] = [];
  const ends = new Map<string, number>();
  let refuse: (form: URLSearchParams) => AwsError | null = () => null;
  let sessionMs: number | null = null;

  function shortened(answer: AwsAnswer, lastsMs: number): AwsAnswer {
    const until = Date.now() + lastsMs;
    const text = String(answer.body);
    const accessKeyId = /<AccessKeyId>(\w+)</.exec(text)?.[1];
    if (accessKeyId !== undefined) ends.set(accessKeyId, until);
    const told = text.replace(/<Expiration>[^<]*</, `<Expiration>${new Date(until).toISOString()}<`);
    return { ...answer, body: Buffer.from(told) };
  }

  const hasEnded = (accessKeyId: string) => (ends.get(accessKeyId) ?? Number.POSITIVE_INFINITY) < Date.now();

  const front = await startAwsFront(aws, async (question, ask) => {
    if (hasEnded(question.accessKeyId)) return awsErrorOf(question, expired);
    const form = new URLSearchParams(question.service === "sts" ? String(question.body) : "");
    if (form.get("Action") !== "AssumeRole") return ask();
    asked.push(form);
    const error = refuse(form);
    if (error !== null) return awsErrorOf(question, error);
    const lastsMs = sessionMs;
    return lastsMs === null ? ask() : shortened(await ask(), lastsMs);
  });

  return {
    ...front,
    /** Each AssumeRole as it was asked, oldest first. */
    asked,
    /** What AssumeRole is answered with from now on; null lets it pass. */
    refuseWith(answer: (form: URLSearchParams) => AwsError | null): void {
      refuse = answer;
    },
    /** How long the sessions last that are given from now on; null: as AWS says. */
    endSessionsAfter(ms: number | null): void {
      sessionMs = ms;
    },
  };
}
