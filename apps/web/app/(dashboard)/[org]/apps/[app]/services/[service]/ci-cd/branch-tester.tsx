"use client";

import { matchBranch } from "@branchline/core/branch-mappings/rules";
import { refusalOfProfile, unprovenBecause } from "@branchline/core/deploy-profiles/rules";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { inCode } from "@/components/in-code";
import classes from "./ci-cd.module.css";
import { isRowComplete, type Row, type World } from "./settings";
import { trialOf } from "./trial";

/** Answers with the same rule that the worker uses when a merge arrives. */
export function BranchTester({ rows, world }: { rows: Row[]; world: World }) {
  const [typed, setTyped] = useState("");
  return (
    <div className={classes.tester}>
      <TextInput
        label="Try a branch or a commit"
        description="Says what a merge would do with the rows as they stand above."
        placeholder="feature/checkout or a1b2c3d"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw={360}
      />
      <div aria-live="polite">
        {typed.trim() !== "" && <p className={classes.answer}>{inCode(answerTo(typed.trim(), rows, world))}</p>}
      </div>
    </div>
  );
}

function answerTo(typed: string, rows: Row[], world: World): string {
  const trial = trialOf(typed, world.pushes);
  switch (trial.kind) {
    case "branch":
      return answerFor(typed, rows, world);
    case "unknown_commit":
      return `GitHub told of no recent push that ends at \`${typed}\`. Try its branch.`;
    case "commit": {
      const { sha, branch, because } = trial.push;
      const came = because === null ? "" : ` When it came: ${because}.`;
      return `\`${sha.slice(0, 7)}\` was pushed to \`${branch}\`. ${answerFor(branch, rows, world)}${came}`;
    }
  }
}

function answerFor(branch: string, rows: Row[], world: World): string {
  const match = matchBranch(rows.filter(isRowComplete), branch);
  if (match === null) return `No row matches \`${branch}\`, so nothing is deployed.`;
  const { row, stage } = match;
  const nth = rows.findIndex(({ key }) => key === row.key) + 1;
  const profile = world.profiles.find(({ deployProfileId }) => deployProfileId === row.deployProfileId);
  const why = row.branch === branch ? "names it" : `matches it with \`${row.branch}\``;
  const head = `Row ${nth} ${why} and comes first: the stage is \`${stage}\``;
  if (profile === undefined) return `${head}.`;
  const where = `${profile.accountId ?? "an account not yet known"}, ${profile.region}`;
  const refusal = refusalOfProfile(profile, { branch, stage });
  if (refusal !== null) return `${head}, but it would be refused: ${refusal.sentence}`;
  const unproven = unprovenBecause(profile);
  if (unproven === null) return `${head}, in ${where}.`;
  return `${head}, but it would wait until the deploy profile ${profile.slug} is proven. ${unproven}`;
}
