"use client";

import { usePathname } from "next/navigation";
import { Link } from "@/components/link";
import classes from "./settings.module.css";

const pages = [
  { path: "members", label: "Members" },
  { path: "github", label: "GitHub" },
  { path: "deliveries", label: "Deliveries" },
  { path: "audit", label: "Audit" },
];

export function SettingsNav({ slug }: { slug: string }) {
  const pathname = usePathname();
  return (
    <div>
      <nav aria-label="Settings" className={classes.nav}>
        {pages.map(({ path, label }) => {
          const href = `/${slug}/settings/${path}`;
          const here = pathname.startsWith(href) ? { "aria-current": "page" as const } : {};
          return (
            <Link key={path} href={href} className={classes.link} {...here}>
              {label}
            </Link>
          );
        })}
      </nav>
    </div>
  );
}
