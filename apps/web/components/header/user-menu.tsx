"use client";

import { lazy } from "react";
import type { SignedIn } from "@/lib/session";
import { useLateMenu } from "./use-late-menu";
import { UserButton } from "./user-button";

const load = () => import("./user-list");
const UserList = lazy(load);

export function UserMenu({ user }: { user: Pick<SignedIn, "name" | "login" | "image"> }) {
  const { isAsked, waiting } = useLateMenu(load);
  return isAsked ? <UserList user={user} /> : <UserButton user={user} {...waiting} />;
}
