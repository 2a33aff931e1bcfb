import { roleTemplate } from "@branchline/aws/role";

/** Public: CloudFormation reads it on the customer's behalf. It holds nothing of a customer; the external id is a parameter. */
export function GET(): Response {
  return Response.json(roleTemplate(), { headers: { "cache-control": "public, max-age=300" } });
}
