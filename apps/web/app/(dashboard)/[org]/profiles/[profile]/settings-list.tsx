import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import classes from "./profile.module.css";

/** For those who may look, but not change. */
export function SettingsList({ profile }: { profile: DeployProfileView }) {
  const rows = [
    { name: "Role ARN", value: profile.roleArn ?? "none yet" },
    { name: "Region", value: profile.region },
    { name: "Allowed branches", value: profile.allowedBranches.join(", ") || "every branch" },
    { name: "Stage pattern", value: profile.stagePattern },
    { name: "Extra hosts", value: profile.deployHosts.join(", ") || "none" },
  ];
  return (
    <>
      <dl className={classes.facts}>
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.quiet}>Changing a deploy profile needs the role admin.</p>
    </>
  );
}
