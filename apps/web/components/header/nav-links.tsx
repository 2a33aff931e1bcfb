"use client";

import { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { Link } from "../link";
import classes from "./header.module.css";

const links = [
  { path: "", label: "Services" },
  { path: "/deployments", label: "Deployments" },
  { path: "/profiles", label: "Deploy profiles" },
  { path: "/settings", label: "Settings" },
];

export function NavLinks({ slug }: { slug: string }) {
  const pathname = usePathname();
  const rest = pathname.slice(slug.length + 1);
  const here = links.find(({ path }) => path !== "" && rest.startsWith(path))?.path ?? "";
  return (
    <nav aria-label="Organization" className={classes.nav}>
      {links.map(({ path, label }) => (
        <Link
          key={path}
          href={path === "/settings" ? `/${slug}/settings/members` : `/${slug}${path}`}
          className={classes.link}
          {...(path === here ? { "aria-current": "page" as const } : {})}
        >
          {label}
          <Pending />
        </Link>
      ))}
    </nav>
  );
}

/** Says that the page is on its way, without moving anything. */
function Pending() {
  const { pending } = useLinkStatus();
  return <span className={classes.pending} data-pending={pending} aria-hidden="true" />;
}
