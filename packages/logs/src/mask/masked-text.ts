import { createCleaner } from "../clean/cleaner.ts";
import { createMask } from "./mask.ts";
import type { Secrets } from "./secrets.ts";

/** A text that stands by itself, such as a reason that somebody else gives: cleaned and masked as the log is. */
export function maskedText(secrets: Secrets, text: string): string {
  const cleaner = createCleaner();
  const mask = createMask(secrets);
  const cleaned = Buffer.concat([cleaner.write(Buffer.from(text)), cleaner.end()]);
  return Buffer.concat([mask.write(cleaned), mask.end()]).toString("utf8");
}
