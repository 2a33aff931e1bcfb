import type { Metadata } from "next";
import { Placard } from "@/components/placard";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Placard
      title="There is no such page"
      text="It was removed, it never was, or it belongs to an organization that you are not a member of."
      link={{ href: "/", label: "Go to your organizations" }}
    />
  );
}
