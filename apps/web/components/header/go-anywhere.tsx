"use client";

import { UnstyledButton } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Spotlight, spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import classes from "./header.module.css";
import { useSequences } from "./sequences";
import { ShortcutList } from "./shortcut-list";

export type Place = {
  href: string;
  label: string;
  /** What stands beside it in small, and is searched too. */
  detail?: string;
  /** Two keys, one after the other. */
  keys?: string;
};

/** Everything that has an address, by a few letters of its name. */
export function GoAnywhere({ places }: { places: Place[] }) {
  const router = useRouter();
  useHotkeys([["mod+K", () => spotlight.open()]]);
  useSequences(places, (href) => router.push(href));
  const actions = places.map(({ href, label, detail }) => ({
    id: href,
    label,
    ...(detail === undefined ? {} : { description: detail }),
    onClick: () => router.push(href),
  }));
  return (
    <>
      <UnstyledButton className={classes.search} onClick={spotlight.open}>
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchword}>Go to</span>
        <kbd aria-hidden>⌘K</kbd>
      </UnstyledButton>
      <Spotlight
        actions={actions}
        shortcut={null}
        title="Go to"
        classNames={{ header: classes.unseen, actionDescription: classes.inherit }}
        limit={12}
        highlightQuery
        nothingFound="Nothing has this name."
        searchProps={{ placeholder: "Service, profile, page…", "aria-label": "Go to" }}
      />
      <ShortcutList places={places} />
    </>
  );
}
