import type { Metadata } from "next";
import { Placard } from "@/components/placard";
import { requireSession } from "@/lib/session";

export const metadata: Metadata = { title: "Not connected" };

const sentences: Record<string, string> = {
  incomplete: "GitHub did not say which installation it is about.",
  unknown_origin:
    "The App was installed, but not on the way from an organization of yours. Open the organization's GitHub settings and choose Connect GitHub; GitHub then only asks you to confirm.",
  not_administrator:
    "You do not administer this installation on GitHub, so it was not connected. Ask an owner of the GitHub organization to connect it.",
  role: "Your role in this organization does not allow connecting GitHub. Ask an admin of it.",
  taken:
    "This installation is connected to another organization. Disconnect it there, or install the App on another account.",
};

type Props = { searchParams: Promise<{ because?: string; org?: string }> };

export default async function RefusedPage({ searchParams }: Props) {
  await requireSession();
  const { because = "", org } = await searchParams;
  const link =
    org === undefined
      ? { href: "/", label: "Go to your organizations" }
      : { href: `/${encodeURIComponent(org)}/settings/github`, label: "Back to the GitHub settings" };
  return (
    <Placard
      title="GitHub was not connected"
      text={sentences[because] ?? "The installation could not be connected."}
      link={link}
    />
  );
}
