/** What no route has is not there; without this, it would be looked for as a page of an organization. */
export { notThere as GET } from "@/lib/route";
