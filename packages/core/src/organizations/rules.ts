import { z } from "zod";

const slugLengthMax = 40;

/** First parts of addresses that are ours, now or soon; an organization with such a slug could not be reached. */
const reservedSlugs = new Set(
  [
    "about account admin api app apps assets auth billing blog branchline dashboard deployments docs favicon.ico github",
    "health healthz help home install invitations invite legal login logout new null pricing privacy profiles public",
    "readyz robots.txt security settings sign-in sign-out sign-up static status support terms undefined webhooks www _next",
  ].flatMap((line) => line.split(" ")),
);

export function isReservedSlug(slug: string): boolean {
  return reservedSlugs.has(slug);
}

/** What a name looks like in an address: lower case letters, digits and single hyphens; may be empty. */
export function slugOf(name: string): string {
  const hyphenated = name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-");
  return trimHyphens(trimHyphens(hyphenated).slice(0, slugLengthMax));
}

function trimHyphens(text: string): string {
  return text.replace(/^-+|-+$/g, "");
}

export const organizationSlug = z
  .string()
  .trim()
  .min(2, "Use at least two characters.")
  .max(slugLengthMax, `Use at most ${slugLengthMax} characters.`)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use lower case letters, digits and single hyphens between them.")
  .refine((slug) => !isReservedSlug(slug), "This address is taken. Choose another.");
