import { type Automaton, buildAutomaton, headBytes, type Needle } from "./automaton.ts";
import { needlesOf } from "./needles.ts";
import { tokenBeginnings } from "./token-patterns.ts";

export type Secret = {
  /** What a person knows it by. */
  name: string;
  value: string;
};

/** What a log must not show. It may grow while the log is written: what is added is hidden from then on. */
export type Secrets = {
  add(secrets: readonly Secret[]): void;
  automaton(): Automaton;
  /** The name of one that is in the bytes, in one of its forms; null when none is. */
  nameIn(bytes: Buffer): string | null;
};

export function createSecrets(secrets: readonly Secret[]): Secrets {
  const known = new Map<string, { name: string; forms: Buffer[] }>();
  const tokens: Needle[] = tokenBeginnings.map((text) => ({ bytes: Buffer.from(text), kind: "token" }));
  let automaton: Automaton | null = null;

  function add(added: readonly Secret[]): void {
    for (const { name, value } of added) {
      if (known.has(value)) continue;
      known.set(value, { name, forms: needlesOf(value) });
      automaton = null;
    }
  }

  add(secrets);
  return {
    add,
    automaton() {
      automaton ??= buildAutomaton([...tokens, ...[...known.values()].flatMap(needlesOfKnown)]);
      return automaton;
    },
    nameIn(bytes) {
      const isIn = (form: Buffer) => bytes.includes(form.subarray(0, headBytes));
      return [...known.values()].find(({ forms }) => forms.some(isIn))?.name ?? null;
    },
  };
}

const needlesOfKnown = ({ forms }: { forms: Buffer[] }) => forms.map((bytes): Needle => ({ bytes, kind: "secret" }));
