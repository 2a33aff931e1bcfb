"use client";

import type { OrganizationOfUser } from "@branchline/core/organizations/queries";
import { Menu } from "@mantine/core";
import { IconCheck, IconPlus } from "@tabler/icons-react";
import { Link } from "../link";
import { OrganizationButton } from "./organization-button";
import { useOpenedAtOnce } from "./use-late-menu";

type Props = { slug: string; name: string; organizations: OrganizationOfUser[] };

export default function OrganizationList({ slug, name, organizations }: Props) {
  const { button, menu } = useOpenedAtOnce();
  return (
    <Menu {...menu} position="bottom-start" width={240}>
      <Menu.Target>
        <OrganizationButton name={name} ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        {organizations.map((organization) => (
          <Menu.Item
            key={organization.slug}
            component={Link}
            href={`/${organization.slug}`}
            rightSection={organization.slug === slug ? <IconCheck size={14} aria-label="current" /> : null}
          >
            {organization.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} href="/new" leftSection={<IconPlus size={14} aria-hidden />}>
          New organization
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
