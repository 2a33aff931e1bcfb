import { findInvitation, type InvitationView } from "@branchline/core/invitations/queries";
import { Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Logo } from "@/components/logo";
import { SubmitButton } from "@/components/submit-button";
import { db } from "@/lib/db";
import { findSession, type SignedIn } from "@/lib/session";
import classes from "../../outside.module.css";
import { signIn, signOut } from "../../sign-in";
import { AcceptForm } from "./accept-form";
import { accept } from "./actions";

export const metadata: Metadata = { title: "Invitation" };

type Props = { params: Promise<{ token: string }> };

export default async function InvitationPage({ params }: Props) {
  const { token } = await params;
  const [invitation, session] = await Promise.all([findInvitation(db(), token, new Date()), findSession()]);
  if (invitation === null) notFound();
  return (
    <main className={classes.outside}>
      <Stack gap="md" className={classes.card}>
        <Logo />
        <div>
          <Title order={1}>{invitation.organizationName}</Title>
          <Text c="dimmed" mt={4}>
            {sentenceOf(invitation)}
          </Text>
        </div>
        {invitation.state === "open" && <NextStep token={token} session={session} />}
      </Stack>
    </main>
  );
}

function sentenceOf({ state, email, role }: InvitationView): string {
  switch (state) {
    case "open":
      return `You are invited as ${role}. The invitation is for ${email}: accept it with the GitHub account that has verified this address.`;
    case "expired":
      return "This invitation has expired. Ask whoever sent it for a new one.";
    case "revoked":
      return "This invitation was revoked. Ask whoever sent it for a new one.";
    case "accepted":
      return "This invitation was accepted already.";
  }
}

function NextStep({ token, session }: { token: string; session: SignedIn | null }) {
  if (session === null) {
    return (
      <form action={signIn}>
        <input type="hidden" name="next" value={`/invitations/${encodeURIComponent(token)}`} />
        <SubmitButton fullWidth>Sign in with GitHub to accept</SubmitButton>
      </form>
    );
  }
  return (
    <>
      <AcceptForm action={accept.bind(null, token)} label={`Accept invitation as ${session.login}`} />
      <form action={signOut}>
        <SubmitButton variant="subtle" color="gray" size="compact-sm" ml={-8}>
          Sign out {session.login}
        </SubmitButton>
      </form>
    </>
  );
}
