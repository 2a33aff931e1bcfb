"use client";

import { ActionIcon, TextInput } from "@mantine/core";
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronUp,
  IconClock,
  IconDownload,
  IconSearch,
  IconTextWrap,
} from "@tabler/icons-react";
import type { ReactNode, RefObject } from "react";
import classes from "./log-view.module.css";
import type { useJumps } from "./use-jumps.ts";

type Props = {
  inputRef: RefObject<HTMLInputElement | null>;
  jumps: ReturnType<typeof useJumps>;
  isWrapped: boolean;
  onWrap: () => void;
  hasTimes: boolean;
  onTimes: () => void;
  downloadHref: string;
};

export function Toolbar({ inputRef, jumps, ...view }: Props) {
  const { query, move } = jumps;
  return (
    <div className={classes.bar} role="toolbar" aria-label="Log">
      <TextInput
        ref={inputRef}
        className={classes.search ?? ""}
        size="xs"
        aria-label="Search in the log"
        placeholder="Search ( / )"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={query}
        onChange={(event) => jumps.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") move(event.shiftKey ? -1 : 1);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <Tool label="Previous match (N)" onClick={() => move(-1)} disabled={query === ""}>
        <IconChevronUp size={16} aria-hidden />
      </Tool>
      <Tool label="Next match (n)" onClick={() => move(1)} disabled={query === ""}>
        <IconChevronDown size={16} aria-hidden />
      </Tool>
      <span className={classes.found} role="status">
        {jumps.found}
      </span>
      <span className={classes.end}>
        <Tool label="Next failure (f)" onClick={jumps.toFailure}>
          <IconAlertTriangle size={16} aria-hidden />
        </Tool>
        <Tool label="Wrap lines" onClick={view.onWrap} pressed={view.isWrapped}>
          <IconTextWrap size={16} aria-hidden />
        </Tool>
        <Tool label="Timestamps" onClick={view.onTimes} pressed={view.hasTimes}>
          <IconClock size={16} aria-hidden />
        </Tool>
        <ActionIcon
          component="a"
          href={view.downloadHref}
          download
          variant="subtle"
          color="gray"
          aria-label="Download the log"
          title="Download the log"
        >
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </span>
    </div>
  );
}

type ToolProps = { label: string; onClick: () => void; disabled?: boolean; pressed?: boolean; children: ReactNode };

function Tool({ label, onClick, disabled = false, pressed, children }: ToolProps) {
  return (
    <ActionIcon
      variant={pressed === true ? "light" : "subtle"}
      color={pressed === true ? "indigo" : "gray"}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </ActionIcon>
  );
}
