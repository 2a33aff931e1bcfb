import type { ReactNode } from "react";
import classes from "./settings.module.css";
import { SettingsNav } from "./settings-nav";

type Props = { params: Promise<{ org: string }>; children: ReactNode };

export default async function SettingsLayout({ params, children }: Props) {
  const { org } = await params;
  return (
    <div className={classes.columns}>
      <SettingsNav slug={org} />
      <div className={classes.content}>{children}</div>
    </div>
  );
}
