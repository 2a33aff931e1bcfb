import { notFound } from "next/navigation";

/** An address that no screen has: said inside the organization, whose header leads on. */
export default function NoSuchPage() {
  notFound();
}
