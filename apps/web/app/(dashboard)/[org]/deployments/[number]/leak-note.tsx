import type { Leak } from "@branchline/core/deployments/leaks";
import { Alert, Anchor, Code, List, ListItem, Text } from "@mantine/core";
import { IconShieldExclamation } from "@tabler/icons-react";

/** More than these say nothing new. */
const shownMax = 5;

/** A build printed secrets in a form that the log can't hide: whose, where, and what to do. Never the secrets. */
export function LeakNote({ leaks }: { leaks: Leak[] }) {
  if (leaks.length === 0) return null;
  const more = leaks.length - shownMax;
  return (
    <Alert
      color="red"
      variant="outline"
      bg="var(--surface)"
      icon={<IconShieldExclamation size={18} aria-hidden />}
      title="A secret may have been printed in this log"
    >
      <List>
        {leaks.slice(0, shownMax).map(({ secret, how, line }) => (
          <ListItem key={`${line} ${secret} ${how}`}>
            <Code>{secret}</Code> at <Anchor href={`#L${line}`}>line {line}</Anchor>, encoded ({how})
          </ListItem>
        ))}
        {more > 0 && <ListItem>and {more} more</ListItem>}
      </List>
      <Text mt={4}>
        A log can't hide what is encoded more than once for certain: whoever read along may know it. Rotate it: make a
        new one where it came from, set the parameter, revoke the old one. Then correct what printed it.
      </Text>
    </Alert>
  );
}
