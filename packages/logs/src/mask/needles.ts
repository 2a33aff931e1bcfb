import { encodings, fewEncodings, jsonForms } from "./encodings.ts";

/** Shorter secrets would mask half of the log; the log's head names them. */
export const secretBytesMin = 6;

/** Longer secrets are looked for in fewer encodings, and their lines in fewest: what is kept in memory stays small. */
const longSecret = 1_024;
const linesMax = 8;

/** Every form in which a secret is likely to be printed, as bytes without line breaks: those are skipped in the log too. */
export function needlesOf(secret: string): Buffer[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  const forms = [
    ...wholeForms(secret).flatMap(secret.length > longSecret ? fewEncodings : encodings),
    ...(lines.length > 1 ? lines : []).flatMap(lines.length > linesMax ? jsonForms : encodings),
  ];
  return [...new Set(forms.map((form) => form.replace(/[\r\n]/g, "")))]
    .map((form) => Buffer.from(form))
    .filter((form) => form.length >= secretBytesMin);
}

function wholeForms(secret: string): string[] {
  const whole = secret.trim();
  const unquoted = whole.replace(/^(["'`])(.*)\1$/s, "$2");
  return [...new Set([secret, whole, whole.replace(/\s+/g, " "), unquoted])];
}
