import { startOfSeen } from "../bytes.ts";
import { createCover } from "./cover.ts";
import { createFinder, type Findings, merged, type Span } from "./finder.ts";
import type { Secrets } from "./secrets.ts";
import { createTokenFinder } from "./token-finder.ts";

/** One per stream: stdout and stderr are cut at different places. */
export type Mask = {
  /** What may be shown by now of cleaned output; an unfinished match is held back. */
  write(bytes: Buffer): Buffer;
  /** Shows the rest. What is written after it begins anew. */
  end(): Buffer;
};

const nothing = Buffer.alloc(0);

/** Replaces every secret, in each of its forms, wherever it is cut, coloured or wrapped, and every token that looks like one. */
export function createMask(secrets: Secrets): Mask {
  let part = createPart(secrets);
  return {
    write: (bytes) => part(bytes, false),
    end() {
      const rest = part(nothing, true);
      part = createPart(secrets);
      return rest;
    },
  };
}

/** A part of the output from its first byte to its last, in pieces. */
function createPart(secrets: Secrets): (bytes: Buffer, isLast: boolean) => Buffer {
  let automaton = secrets.automaton();
  const finder = createFinder(automaton);
  const tokens = createTokenFinder();
  const cover = createCover();
  let held: Buffer = nothing;
  /** Of what is held back. */
  let spans: Span[] = [];

  /** What is found of the bytes, those that were held back being known already, unless there are new secrets. */
  function find(bytes: Buffer): Findings {
    const isNew = automaton !== secrets.automaton();
    const findings: Findings = { spans: isNew ? [] : spans, tokens: [] };
    if (isNew) {
      automaton = secrets.automaton();
      finder.use(automaton);
    }
    finder.find(bytes, isNew ? 0 : held.length, findings);
    return findings;
  }

  return (bytes, isLast) => {
    const all = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const found = find(all);
    const token = tokens.find(all, found.tokens, isLast);
    const open = isLast ? all.length : Math.min(startOfSeen(all, all.length, finder.unfinished()), token.heldFrom);
    const hidden = token.spans.length === 0 ? found.spans : merged([...found.spans, ...token.spans]);
    const shown = cover.show(all, hidden, open);
    held = Buffer.from(all.subarray(shown.count));
    spans = shown.spans;
    tokens.forget(shown.count);
    return shown.bytes;
  };
}
