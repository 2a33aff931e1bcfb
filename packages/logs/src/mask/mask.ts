import { createNeedleMask } from "./needle-mask.ts";
import { maskTokens, unfinishedToken } from "./token-patterns.ts";

const replacement = "***";

/** One per stream: stdout and stderr are cut at different places. */
export type Mask = {
  /** What may be shown by now; an unfinished match is held back. */
  write(bytes: Uint8Array): Buffer;
  end(): Buffer;
};

/** Replaces every secret, in each of its forms and wherever it is cut, and every token that looks like one. */
export function createMask(secrets: readonly string[]): Mask {
  const needles = createNeedleMask(secrets, Buffer.from(replacement));
  let held = "";

  function show(bytes: Buffer, isLast: boolean): Buffer {
    const text = held + bytes.toString("latin1");
    const keep = isLast ? 0 : unfinishedToken(text);
    held = text.slice(text.length - keep);
    return Buffer.from(maskTokens(text.slice(0, text.length - keep), replacement), "latin1");
  }

  return {
    write: (bytes) => show(needles.write(bytes), false),
    end: () => show(needles.end(), true),
  };
}
