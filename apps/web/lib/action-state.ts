export type Typed = Record<string, string | string[]>;

/** What a form shows after its action: nothing yet, the result, or why not and what was typed. */
export type ActionState<Result = void> =
  | { status: "idle" }
  | { status: "done"; result: Result }
  | { status: "refused"; message: string | null; fields: Record<string, string>; typed: Typed };

export const idle = { status: "idle" } as const;

/** What the form shows in a field: what was typed last, or what is stored. */
export function typedOr<Result>(state: ActionState<Result>, field: string, stored: string): string {
  const typed = state.status === "refused" ? state.typed[field] : undefined;
  return typeof typed === "string" ? typed : stored;
}

export function errorOf<Result>(state: ActionState<Result>, field: string): string | undefined {
  return state.status === "refused" ? state.fields[field] : undefined;
}

/** The sentence that belongs to no field. */
export function messageOf<Result>(state: ActionState<Result>): string | null {
  return state.status === "refused" ? state.message : null;
}
