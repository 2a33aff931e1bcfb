import { env } from "@/env";

/** The account of our identity, which no customer's role may be in. */
export function platformAccountId(): string {
  return env().PLATFORM_AWS_PRINCIPAL_ARN.split(":")[4] ?? "";
}
