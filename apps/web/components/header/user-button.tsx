import { Avatar, UnstyledButton } from "@mantine/core";
import type { ComponentProps } from "react";
import type { SignedIn } from "@/lib/session";

type Props = { user: Pick<SignedIn, "name" | "image"> } & ComponentProps<"button">;

export function UserButton({ user, ...props }: Props) {
  return (
    <UnstyledButton aria-label={`${user.name}, menu`} style={{ borderRadius: "50%" }} {...props}>
      <Avatar src={user.image} alt="" size={28} aria-hidden />
    </UnstyledButton>
  );
}
