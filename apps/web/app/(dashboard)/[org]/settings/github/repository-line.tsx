"use client";

import type { RepositoryRow } from "@branchline/core/repositories/queries";
import { Anchor, Badge, Text } from "@mantine/core";
import { useActionState } from "react";
import { Link } from "@/components/link";
import { RefusalNote } from "@/components/refusal-note";
import { SubmitButton } from "@/components/submit-button";
import { When } from "@/components/when";
import { type ActionState, idle, messageOf } from "@/lib/action-state";
import classes from "./repository-line.module.css";

type Props = {
  repository: RepositoryRow;
  slug: string;
  scanAgain: (state: ActionState, form: FormData) => Promise<ActionState>;
  mayScan: boolean;
};

export function RepositoryLine({ repository, slug, scanAgain, mayScan }: Props) {
  const [state, submit] = useActionState(scanAgain, idle);
  const { repositoryId, fullName, removedAt } = repository;
  return (
    <div className={classes.row}>
      <div className={classes.what}>
        <span className={classes.name}>
          {fullName}{" "}
          {removedAt !== null && (
            <Badge color="red" variant="light">
              Taken away
            </Badge>
          )}
        </span>
        <Found repository={repository} slug={slug} />
        <RefusalNote message={messageOf(state)} />
      </div>
      {removedAt === null && (
        <form action={submit}>
          <input type="hidden" name="repositoryId" value={repositoryId} />
          <SubmitButton variant="default" disabled={!mayScan} aria-label={`Scan again: ${fullName}`}>
            Scan again
          </SubmitButton>
        </form>
      )}
    </div>
  );
}

function Found({ repository, slug }: { repository: RepositoryRow; slug: string }) {
  const { removedAt, scannedAt, scanIsRetried, scanProblem, directories } = repository;
  if (removedAt !== null) {
    return (
      <Text size="sm" c="dimmed">
        The installation no longer grants it since <When at={removedAt} />. Its services can't deploy.
      </Text>
    );
  }
  if (scanIsRetried) return <Text size="sm">The scan for services failed, and is tried again by itself.</Text>;
  if (scannedAt === null)
    return (
      <Text size="sm" c="dimmed">
        Being scanned for services.
      </Text>
    );
  if (scanProblem !== null) return <Text size="sm">{scanProblem}</Text>;
  if (directories.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No serverless.yml was found.
      </Text>
    );
  return (
    <Text size="sm" c="dimmed" component="div">
      {directories.map(({ app, serviceName, baseDirectory }, index) => (
        <span key={`${app}/${serviceName}`}>
          {index > 0 && " · "}
          <Anchor component={Link} href={`/${slug}/apps/${app}/services/${serviceName}`} size="sm" underline="always">
            {serviceName}
          </Anchor>{" "}
          <code>/{baseDirectory}</code>
        </span>
      ))}
      <span>
        , scanned <When at={scannedAt} />
      </span>
    </Text>
  );
}
