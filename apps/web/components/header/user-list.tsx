"use client";

import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconLogout } from "@tabler/icons-react";
import { startTransition } from "react";
import { signOut } from "@/app/sign-in";
import type { SignedIn } from "@/lib/session";
import { useOpenedAtOnce } from "./use-late-menu";
import { UserButton } from "./user-button";

const schemes = [
  { value: "auto", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

export default function UserList({ user }: { user: Pick<SignedIn, "name" | "login" | "image"> }) {
  const { button, menu } = useOpenedAtOnce();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu {...menu} position="bottom-end" width={220}>
      <Menu.Target>
        <UserButton user={user} ref={button} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.name} · {user.login}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(({ value, label }) => (
          <Menu.Item
            key={value}
            closeMenuOnClick={false}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? <IconCheck size={14} aria-label="chosen" /> : null}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={14} aria-hidden />}
          onClick={() => startTransition(async () => signOut())}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
