import { type Automaton, buildAutomaton, type Needle } from "./automaton.ts";
import { needlesOf } from "./needles.ts";
import { tokenBeginnings } from "./token-patterns.ts";

/** What a log must not show. It may grow while the log is written: what is added is hidden from then on. */
export type Secrets = {
  add(secrets: readonly string[]): void;
  automaton(): Automaton;
};

export function createSecrets(secrets: readonly string[]): Secrets {
  const known = new Set<string>();
  const needles: Needle[] = tokenBeginnings.map((text) => ({ bytes: Buffer.from(text), kind: "token" }));
  let automaton: Automaton | null = null;

  function add(added: readonly string[]): void {
    for (const secret of added) {
      if (known.has(secret)) continue;
      known.add(secret);
      automaton = null;
      for (const bytes of needlesOf(secret)) needles.push({ bytes, kind: "secret" });
    }
  }

  add(secrets);
  return {
    add,
    automaton() {
      automaton ??= buildAutomaton(needles);
      return automaton;
    },
  };
}
