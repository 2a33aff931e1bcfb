"use client";

import { Spotlight, spotlight } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Place } from "./go-anywhere";
import classes from "./header.module.css";

type Props = { places: Place[]; onReady(open: () => void): void };

/** The search itself: loaded when somebody first asks for it, and open at once. */
export default function PlacesDialog({ places, onReady }: Props) {
  const router = useRouter();
  useEffect(() => {
    onReady(spotlight.open);
    spotlight.open();
  }, [onReady]);
  const actions = places.map(({ href, label, detail }) => ({
    id: href,
    label,
    ...(detail === undefined ? {} : { description: detail }),
    onClick: () => router.push(href),
  }));
  return (
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
  );
}
