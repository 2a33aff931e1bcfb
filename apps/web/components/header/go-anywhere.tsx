"use client";

import { UnstyledButton } from "@mantine/core";
import { useHotkeys, useMounted } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
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

const PlacesDialog = dynamic(() => import("./places-dialog"), { ssr: false });

type Props = {
  places: Place[];
  /** The key that is held for K, as the person's keyboard calls it. */
  modifier: string;
};

/** Everything that has an address, by a few letters of its name. */
export function GoAnywhere({ places, modifier }: Props) {
  const router = useRouter();
  /** How often somebody asked for the search: nothing of it is loaded before. */
  const [asked, setAsked] = useState(0);
  const open = () => setAsked((times) => times + 1);
  useHotkeys([["mod+K", open]]);
  useSequences(places, (href) => router.push(href));
  const hearsKeys = useMounted();
  const isMac = modifier === "⌘";
  return (
    <>
      <UnstyledButton
        className={classes.search}
        onClick={open}
        aria-keyshortcuts={hearsKeys ? `${isMac ? "Meta" : "Control"}+K` : undefined}
      >
        <IconSearch size={14} aria-hidden />
        <span className={classes.searchword}>Go to</span>
        <kbd aria-hidden>{isMac ? "⌘K" : `${modifier} K`}</kbd>
      </UnstyledButton>
      {asked > 0 && <PlacesDialog places={places} asked={asked} />}
      <ShortcutList places={places} modifier={modifier} />
    </>
  );
}
