import type { DeploymentView } from "@branchline/core/deployments/queries";
import { Anchor } from "@mantine/core";
import { CopyIcon } from "@/components/copy-field";
import { Link } from "@/components/link";
import classes from "./deployment.module.css";

const kinds = [
  { kind: "endpoint", title: "Endpoints" },
  { kind: "output", title: "Outputs" },
  { kind: "function", title: "Functions" },
];

/** What a deployment gave out, and the names of the parameters that it was given. */
export function OutputList({ slug, deployment }: { slug: string; deployment: DeploymentView }) {
  const { outputs, parameters, stackEvents, app, service } = deployment;
  return (
    <>
      {kinds.map(({ kind, title }) => {
        const own = outputs.filter((output) => output.kind === kind);
        return own.length === 0 ? null : (
          <section key={kind}>
            <h2 className={classes.heading}>{title}</h2>
            <ul className={classes.outputs}>
              {own.map(({ key, value, bytes }) => (
                <li key={key}>
                  <span className={classes.outputkey}>
                    {key}
                    {bytes !== null && <span className={classes.quiet}> · {sizeText(bytes)}</span>}
                  </span>
                  <span className={classes.outputvalue}>
                    <Value value={value} />
                    <CopyIcon label={key} value={value} />
                  </span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <section>
        <h2 className={classes.heading}>Parameters</h2>
        {parameters.length === 0 ? (
          <p className={classes.quiet}>None is set.</p>
        ) : (
          <p className={classes.names}>
            {parameters.map((name) => (
              <code key={name}>{name}</code>
            ))}
          </p>
        )}
        {JSON.stringify([outputs, stackEvents]).includes("***") && (
          <p className={classes.quiet}>
            <code>***</code> stands for a secret. A parameter that is none can be set again as{" "}
            <Anchor
              component={Link}
              href={`/${slug}/apps/${app}/services/${service}#parameters`}
              fz={12}
              underline="always"
            >
              not a secret
            </Anchor>
            .
          </p>
        )}
      </section>
    </>
  );
}

function sizeText(bytes: number): string {
  const [amount, unit] = bytes < 1_000_000 ? [bytes / 1_000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  return new Intl.NumberFormat("en", { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

function Value({ value }: { value: string }) {
  const address = /https?:\/\/\S+/.exec(value)?.[0];
  if (address === undefined) return <code>{value}</code>;
  return (
    <Anchor href={address} target="_blank" rel="noreferrer" ff="monospace" fz={12} underline="always">
      {value}
    </Anchor>
  );
}
