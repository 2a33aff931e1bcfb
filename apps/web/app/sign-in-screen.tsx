import { List, ListItem, Stack, Text, Title } from "@mantine/core";
import { IconBrandGithub } from "@tabler/icons-react";
import { Logo } from "@/components/logo";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import classes from "./outside.module.css";
import { signIn } from "./sign-in";

const problems: Record<string, string> = {
  access_denied: "GitHub says that you did not allow the sign-in. Sign in again when you want to.",
  unable_to_get_user_info:
    "GitHub knows no verified primary e-mail address of yours. Verify one in your GitHub settings, then sign in again.",
  state_mismatch: "The sign-in took too long, or was started in another browser. Sign in again.",
  account_not_linked:
    "Another GitHub account signed in with this e-mail address before. Sign in with that account, or give this one another primary address.",
  too_many_requests: "Too many sign-ins were begun from your network. Wait ten seconds, then sign in again.",
  token: "GitHub no longer accepts your earlier sign-in. Sign in again to go on.",
};

/** What the product is in three lines, and one button. */
export function SignInScreen({ next, error }: { next: string; error: string | null }) {
  const problem = error === null ? null : (problems[error] ?? "The sign-in did not succeed. Sign in again.");
  return (
    <main className={classes.outside}>
      <Stack gap="lg" className={classes.card}>
        <Logo />
        <div>
          <Title order={1}>Merge a branch. Its stage is deployed.</Title>
          <List mt="sm" spacing={4} c="dimmed" size="md" className={classes.lines}>
            <ListItem>A merge becomes serverless deploy, in the AWS account that the stage belongs to.</ListItem>
            <ListItem>Every account is reached through a role of yours, proven before the first deployment.</ListItem>
            <ListItem>You watch it live, and what was skipped, refused or failed says why.</ListItem>
          </List>
        </div>
        <RefusalNote message={problem} />
        <form action={signIn}>
          <input type="hidden" name="next" value={next} />
          <SubmitButton fullWidth h={40} leftSection={<IconBrandGithub size={18} aria-hidden />}>
            Sign in with GitHub
          </SubmitButton>
        </form>
        <Text size="xs" c="dimmed">
          We read your name and your verified e-mail addresses. Access to repositories is given later, to the GitHub
          App, for those that you choose.
        </Text>
      </Stack>
    </main>
  );
}
