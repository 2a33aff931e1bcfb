"use client";

import type { OrganizationOfUser } from "@branchline/core/organizations/queries";
import { Button, Menu } from "@mantine/core";
import { IconCheck, IconPlus, IconSelector } from "@tabler/icons-react";
import { Link } from "../link";

export function OrganizationMenu({ slug, organizations }: { slug: string; organizations: OrganizationOfUser[] }) {
  const current = organizations.find((organization) => organization.slug === slug);
  return (
    <Menu position="bottom-start" width={240} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px={8}
          maw={200}
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`Organization ${current?.name ?? slug}, switch`}
        >
          {current?.name ?? slug}
        </Button>
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
