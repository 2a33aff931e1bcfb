import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconProgress,
  type TablerIcon,
} from "@tabler/icons-react";
import classes from "./status-mark.module.css";

export type Tone = "good" | "bad" | "busy" | "waiting" | "off";

const marks: Record<Tone, TablerIcon> = {
  good: IconCircleCheck,
  bad: IconCircleX,
  busy: IconProgress,
  waiting: IconCircleDashed,
  off: IconCircleMinus,
};

/** How something stands, by colour, shape and word. */
export function StatusMark({ tone, word }: { tone: Tone; word: string }) {
  const Mark = marks[tone];
  return (
    <span className={classes.status} data-tone={tone}>
      <Mark size={15} aria-hidden />
      {word}
    </span>
  );
}
