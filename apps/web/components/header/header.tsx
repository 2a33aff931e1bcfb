import type { OrganizationOfUser } from "@branchline/core/organizations/queries";
import { headers } from "next/headers";
import type { SignedIn } from "@/lib/session";
import { Link } from "../link";
import { Logo } from "../logo";
import { GoAnywhere, type Place } from "./go-anywhere";
import classes from "./header.module.css";
import { NavLinks } from "./nav-links";
import { OrganizationMenu } from "./organization-menu";
import { UserMenu } from "./user-menu";

type Props = { slug: string; organizations: OrganizationOfUser[]; user: SignedIn; places: Place[] };

export async function Header({ slug, organizations, user, places }: Props) {
  const isApple = /Mac|iPhone|iPad/.test((await headers()).get("user-agent") ?? "");
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <Link href={`/${slug}`} className={classes.home} aria-label="Branchline, services">
          <Logo />
        </Link>
        <OrganizationMenu slug={slug} organizations={organizations} />
        <NavLinks slug={slug} />
        <div className={classes.end}>
          <GoAnywhere places={places} modifier={isApple ? "⌘" : "Ctrl"} />
          <UserMenu user={user} />
        </div>
      </div>
    </header>
  );
}
