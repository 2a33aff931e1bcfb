import { Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { Logo } from "@/components/logo";
import { SubmitButton } from "@/components/submit-button";
import { requireSession } from "@/lib/session";
import classes from "../outside.module.css";
import { signOut } from "../sign-in";
import { create } from "./actions";
import { OrganizationForm } from "./organization-form";

export const metadata: Metadata = { title: "New organization" };

export default async function NewOrganizationPage() {
  const user = await requireSession();
  return (
    <main className={classes.outside}>
      <Stack gap="md" className={classes.card}>
        <Logo />
        <div>
          <Title order={1}>Create an organization</Title>
          <Text c="dimmed" mt={4}>
            It holds your services, deploy profiles and people. Somebody invited you? Open the link that they sent; it
            makes you a member of theirs.
          </Text>
        </div>
        <OrganizationForm action={create} />
        <form action={signOut}>
          <SubmitButton variant="subtle" color="gray" size="compact-sm" ml={-8}>
            Sign out {user.login}
          </SubmitButton>
        </form>
      </Stack>
    </main>
  );
}
