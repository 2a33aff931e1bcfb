export type InvitationState = "open" | "expired" | "revoked" | "accepted";

export type InvitationFacts = { expiresAt: Date; acceptedAt: Date | null; revokedAt: Date | null };

export function stateOfInvitation({ acceptedAt, revokedAt, expiresAt }: InvitationFacts, now: Date): InvitationState {
  if (acceptedAt !== null) return "accepted";
  if (revokedAt !== null) return "revoked";
  return expiresAt.getTime() <= now.getTime() ? "expired" : "open";
}
