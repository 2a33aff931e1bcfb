import { IconChevronRight } from "@tabler/icons-react";
import type { Row } from "./layout.ts";
import classes from "./log-view.module.css";

type Props = { row: Extract<Row, { kind: "group" }>; onFold: (key: string) => void };

export function GroupHead({ row: { group, folded, lineCount }, onFold }: Props) {
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
