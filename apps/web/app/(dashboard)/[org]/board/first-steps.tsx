import type { PendingSetup } from "@branchline/core/organizations/queries";
import { Button, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { Link } from "@/components/link";
import classes from "./first-steps.module.css";

type Props = {
  base: string;
  setup: PendingSetup;
  /** Where to enable the first service; null while none is known. */
  enableHref: string | null;
};

/** What stands between a new organization and its first deployment. */
export function FirstSteps({ base, setup, enableHref }: Props) {
  const steps = [
    {
      title: "Connect GitHub",
      text: "Install the App on the repositories that hold your services. Every serverless.yml in them is found.",
      isDone: setup.installations > 0,
      href: `${base}/settings/github`,
      label: "Connect GitHub",
    },
    {
      title: "Add a deploy profile",
      text: "The way into one AWS account and region: a role that only we may assume, proven before it is used.",
      isDone: setup.deployProfiles > 0,
      href: `${base}/profiles/new`,
      label: "Add deploy profile",
    },
    {
      title: "Enable a service",
      text: "Map its branches to stages. From then on a merge deploys it.",
      isDone: setup.enabledServices > 0,
      href: enableHref ?? `${base}/services/new`,
      label: enableHref === null ? "Add a service" : "Enable CI/CD",
    },
  ];
  const next = steps.find((step) => !step.isDone);
  return (
    <section className={classes.frame} aria-labelledby="first-steps">
      <h2 id="first-steps" className={classes.title}>
        Three steps to the first deployment
      </h2>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <StepLine key={step.title} step={step} isNext={step === next} />
        ))}
      </ol>
    </section>
  );
}

type Step = { title: string; text: string; isDone: boolean; href: string; label: string };

function StepLine({ step, isNext }: { step: Step; isNext: boolean }) {
  const { title, text, isDone, href, label } = step;
  const Mark = isDone ? IconCircleCheck : IconCircleDashed;
  const toDo = isNext ? "next" : "to do";
  return (
    <li className={classes.step} data-done={isDone || undefined}>
      <Mark size={20} aria-hidden />
      <div className={classes.words}>
        <Text fw={500}>
          {title}
          <span className={classes.state}>{isDone ? "done" : toDo}</span>
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
      {!isDone && (
        <Button component={Link} href={href} variant={isNext ? "filled" : "default"}>
          {label}
        </Button>
      )}
    </li>
  );
}
