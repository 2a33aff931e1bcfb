/** Tokens that we never stored, known by the way their makers write them. */
const patterns = [
  /\bgh[pousr]_[A-Za-z0-9]{20,255}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,255}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bnpm_[A-Za-z0-9]{30,64}/g,
  /\beyJ[A-Za-z0-9_-]{8,4096}\.eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,4096}/g,
];
const beginsLikeToken = /(?:^|[^A-Za-z0-9_])((?:gh[pousr]_|github_pat_|AKIA|ASIA|npm_|eyJ)[A-Za-z0-9_.-]*)$/;
const heldMax = 16_384;

/** The text with every token replaced. Works on latin1, in which a byte is a character. */
export function maskTokens(text: string, mask: string): string {
  return patterns.reduce((masked, pattern) => masked.replace(pattern, mask), text);
}

/** How many characters at the end may be the beginning of a token that is not there yet. */
export function unfinishedToken(text: string): number {
  const tail = text.slice(-heldMax);
  const length = beginsLikeToken.exec(tail)?.[1]?.length ?? 0;
  return length === heldMax ? 0 : Math.max(length, unfinishedPrefix(tail));
}

function unfinishedPrefix(tail: string): number {
  return (
    /(?:^|[^A-Za-z0-9_])(g|gh|gh[pousr]|gi[a-z_]{0,8}|A|AK|AKI|AS|ASI|n|np|npm|e|ey)$/.exec(tail)?.[1]?.length ?? 0
  );
}
