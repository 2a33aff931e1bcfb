import type { Span } from "./finder.ts";

/** Where a token may begin: whatever stands behind one of these in its line is looked at. */
export const tokenBeginnings = [
  ...["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "AKIA", "ASIA", "npm_", "AGE-SECRET-KEY-", "-----BEGIN "],
  ...["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"],
  ...["ecretAccessKey", "ecret_access_key", "ECRET_ACCESS_KEY"],
  // A JSON object in base64: the fourth character tells what its first key begins with.
  ...[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((letter) => `eyJ${letter}`),
];

/** Tokens that we never stored, known by the way their makers write them. Each takes time that is linear in the text. */
const patterns = [
  /gh[opusr]_[A-Za-z0-9_.-]{19,}[A-Za-z0-9_-]/g,
  /github_pat_[A-Za-z0-9_]{20,}/g,
  /(?:AKIA|ASIA)[A-Z0-9]{16}/g,
  /npm_[A-Za-z0-9]{30,}/g,
  /AGE-SECRET-KEY-(?:[A-Z]+-)?1[A-Z0-9]{20,}/g,
  /(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz)[A-Za-z0-9+/=%_-]{60,}/g,
  /(?<=ecret_?access_?key["'\\]{0,4}[ \t]{0,20}[:=][ \t]{0,20}["'\\]{0,4})[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/gi,
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\\:, \t-]*/g,
];

/** What looks like a token in a text of one line. */
export function findTokens(text: string): Span[] {
  const found = patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ 0: token, index }) => ({ start: index, end: index + token.length })),
  );
  return [...found, ...webTokens(text)];
}

const partMin = 8;

/** JSON Web Tokens: a header that is a JSON object, and at least two more parts. By hand, since a pattern would try each header with each end. */
function webTokens(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9_.-]+/g)) {
    const parts = word.split(".");
    let at = index;
    for (const [place, part] of parts.entries()) {
      const header = part.indexOf("eyJ");
      const rest = parts.slice(place + 1, place + 5);
      const isToken = header !== -1 && part.length - header >= partMin && isFollowed(rest);
      if (isToken) spans.push({ start: at + header, end: at + part.length + rest.join(".").length + 1 });
      at += part.length + 1;
    }
  }
  return spans;
}

function isFollowed([payload = "", signature = ""]: string[]): boolean {
  return payload.length >= partMin && signature.length >= partMin;
}
