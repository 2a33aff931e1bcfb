/** An address of ours to go on to; "/" for anything that could lead elsewhere. */
export function safeNext(next: string | null | undefined): string {
  if (next === null || next === undefined) return "/";
  return /^\/(?![/\\])[^\\\p{Control}]*$/u.test(next) ? next : "/";
}
