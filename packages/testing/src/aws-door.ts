import type { LocalAws } from "./aws.ts";
import { type AwsError, type AwsFront, type AwsQuestion, awsErrorOf, startAwsFront } from "./aws-front.ts";

/** How AWS behaves: two of three questions are refused, all are, none is answered yet, or the answers are lost. */
export type AwsMood = "usual" | "throttled" | "unavailable" | "silent" | "deaf";

/** A change of a stack that AWS has taken, and for which deployment. */
export type AcceptedChange = { stackName: string; deploymentId: string | null; at: number };

/** A worker asked for the whole of a role, which is the first that it does for a deployment; whatever AWS said. */
export type RoleAsked = { deploymentId: string; at: number };

export type AwsDoor = AwsFront & {
  rolesAsked: readonly RoleAsked[];
  accepted: readonly AcceptedChange[];
  become(mood: AwsMood): void;
};

/** Who comes by this door meets AWS in its mood, and what AWS takes from them is written down. */
export async function startAwsDoor(aws: Pick<LocalAws, "port" | "ca" | "certificate" | "key">): Promise<AwsDoor> {
  const ledger = openLedger();
  let mood: AwsMood = "usual";
  let changed = Promise.withResolvers<void>();
  let questions = 0;
  const front = await startAwsFront(aws, async (question, ask) => {
    questions += 1;
    if (question.service === "sts") ledger.noteAsked(formOf(question));
    const refusal = refusalIn(mood, questions);
    if (refusal !== null) return awsErrorOf(question, refusal);
    if (mood === "silent") await changed.promise;
    const isLost = mood === "deaf";
    const answer = await ask();
    if (answer.status === 200) ledger.noteTaken(formOf(question));
    return isLost ? null : answer;
  });
  return {
    ...front,
    rolesAsked: ledger.rolesAsked,
    accepted: ledger.accepted,
    become(next) {
      mood = next;
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
  };
}

function refusalIn(mood: AwsMood, question: number): AwsError | null {
  if (mood === "unavailable") return { status: 503, code: "ServiceUnavailable", message: "Service is unavailable" };
  if (mood === "throttled" && question % 3 > 0) return { status: 400, code: "Throttling", message: "Rate exceeded" };
  return null;
}

function openLedger() {
  const rolesAsked: RoleAsked[] = [];
  const accepted: AcceptedChange[] = [];
  const prepared = new Map<string, string | null>();
  return {
    rolesAsked,
    accepted,
    /** The packaging of a deployment asks for less than the whole, by a policy, and later. */
    noteAsked(form: URLSearchParams): void {
      const [, deploymentId] = /^branchline-([\da-f-]{36})$/.exec(form.get("SourceIdentity") ?? "") ?? [];
      if (deploymentId !== undefined && !form.has("Policy")) rolesAsked.push({ deploymentId, at: Date.now() });
    },
    /** A form that AWS has answered with success. */
    noteTaken(form: URLSearchParams): void {
      const action = form.get("Action");
      const stackName = nameIn(form.get("StackName") ?? "");
      // The one that creates a stack brings nothing of a deployment into it yet.
      if (action === "CreateChangeSet" && form.get("ChangeSetType") !== "CREATE")
        prepared.set(stackName, deploymentOf(form));
      if (action === "UpdateStack") accepted.push({ stackName, deploymentId: deploymentOf(form), at: Date.now() });
      const isPrepared = action === "ExecuteChangeSet" && prepared.has(stackName);
      if (isPrepared) accepted.push({ stackName, deploymentId: prepared.get(stackName) ?? null, at: Date.now() });
    },
  };
}

const formOf = ({ body }: AwsQuestion) => new URLSearchParams(body.toString("latin1"));

/** Of a name, or of an ARN that ends in stack/name/id. */
function nameIn(text: string): string {
  return text.startsWith("arn:") ? (text.split("/")[1] ?? "") : text;
}

function deploymentOf(form: URLSearchParams): string | null {
  const isTag = (name: string, value: string) =>
    /^Tags\.member\.\d+\.Key$/.test(name) && value === "branchline:deployment";
  const [name] = [...form].find((entry) => isTag(...entry)) ?? [];
  return name === undefined ? null : form.get(name.replace(/Key$/, "Value"));
}
