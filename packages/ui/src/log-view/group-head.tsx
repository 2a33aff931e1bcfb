import { IconChevronRight } from "@tabler/icons-react";
import classes from "./log-view.module.css";
import type { LogGroup } from "./rows.ts";

type Props = { group: LogGroup; folded: boolean; lineCount: number; onFold: (key: string) => void };

export function GroupHead({ group, folded, lineCount, onFold }: Props) {
  return (
    <button
      type="button"
      className={classes.group}
      data-failed={group.failed || undefined}
      aria-expanded={!folded}
      onClick={() => onFold(group.key)}
    >
      <IconChevronRight size={14} aria-hidden />
      <span className={classes.label}>{group.label}</span>
      {group.detail !== undefined && <span className={classes.detail}>{group.detail}</span>}
      {folded && <span className={classes.detail}>{lineCount === 1 ? "1 line" : `${lineCount} lines`}</span>}
    </button>
  );
}
