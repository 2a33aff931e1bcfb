"use client";

import { Spotlight, spotlight } from "@mantine/spotlight";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Place } from "./go-anywhere";
import classes from "./header.module.css";

/** The search itself, which opens each time that somebody has asked for it. */
export default function PlacesDialog({ places, asked }: { places: Place[]; asked: number }) {
  const router = useRouter();
  useEffect(() => {
    if (asked > 0) spotlight.open();
  }, [asked]);
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
