import type { LocalAws } from "./aws.ts";
import { type AwsAnswer, type AwsError, type AwsQuestion, awsErrorOf, startAwsFront } from "./aws-front.ts";

export type AwsGate = Awaited<ReturnType<typeof startAwsGate>>;

const errorOf = (status: number, code: string, message: string): AwsError => ({ status, code, message });

export const throttling = errorOf(400, "Throttling", "Rate exceeded");
export const tooLong = errorOf(
  400,
  "ValidationError",
  "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
);
export const skewed = errorOf(403, "SignatureDoesNotMatch", "Signature expired: it is now earlier than 5 min. ago");
const expired = errorOf(403, "ExpiredToken", "The security token included in the request is expired");

/** AWS takes no signature that is older or younger than this. */
const skewMs = 5 * 60_000;

/** The emulator does not look at the time of a signature. */
function isSkewed({ message }: AwsQuestion): boolean {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(String(message.headers["x-amz-date"])) ?? [];
  if (date === undefined || time === undefined) return false;
  const signedAt = Date.parse(`${date.replace(/(....)(..)/, "$1-$2-")}T${time.replace(/(..)(..)/, "$1:$2:")}Z`);
  return Math.abs(Date.now() - signedAt) > skewMs;
}

/**
 * Stands between AWS and those who ask it: writes down who assumed which role how, says no in STS's words when it is
 * told to, to whoever's clock is off, and lets sessions end early, after which AWS knows them no more. Everything else passes as it is.
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

  /** Why AWS takes nothing that is signed like this. */
  function invalidity(question: AwsQuestion): AwsError | null {
    if (isSkewed(question)) return skewed;
    return (ends.get(question.accessKeyId) ?? Number.POSITIVE_INFINITY) < Date.now() ? expired : null;
  }

  const front = await startAwsFront(aws, async (question, ask) => {
    const invalid = invalidity(question);
    if (invalid !== null) return awsErrorOf(question, invalid);
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
