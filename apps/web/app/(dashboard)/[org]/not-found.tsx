import { PageHead } from "@/components/page-head";

/** Inside an organization: the way to everywhere else stays in the header. */
export default function NotFoundHere() {
  return (
    <PageHead
      title="There is no such page in this organization"
      text="What stood here was removed, renamed, or belongs to another organization."
    />
  );
}
