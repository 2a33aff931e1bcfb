import { ownStage, sentenceOf, type TriggerSettings } from "@branchline/core/branch-mappings/rules";
import type { DeployProfileView } from "@branchline/core/deploy-profiles/queries";
import { ActionIcon, Anchor, NativeSelect, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { inCode } from "@/components/in-code";
import { Link } from "@/components/link";
import { SuggestInput } from "@/components/suggest-input";
import classes from "./ci-cd.module.css";
import { isRowComplete, type Row, type World } from "./settings";

type Props = {
  row: Row;
  place: number;
  count: number;
  world: World;
  trigger: TriggerSettings;
  errors: Record<string, string>;
  onChange: (part: Partial<Row>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

export function BranchDeployRow(props: Props) {
  const { row, place, world, trigger, errors, onChange } = props;
  const profile = world.profiles.find(({ deployProfileId }) => deployProfileId === row.deployProfileId) ?? null;
  const errorOf = (field: keyof Row) => errors[`branchDeploys.${place}.${field}`];
  const nth = place + 1;
  return (
    <fieldset className={classes.row} aria-label={`Branch deploy ${nth}`}>
      <div className={classes.fields}>
        <TextInput
          label="Branch"
          placeholder="main"
          spellCheck={false}
          value={row.branch}
          onChange={(event) => onChange({ branch: event.currentTarget.value })}
          error={errorOf("branch")}
        />
        <SuggestInput
          label="Stage"
          placeholder="staging"
          spellCheck={false}
          suggestions={suggestionsOf(world.stages)}
          value={row.stage}
          onChange={(event) => onChange({ stage: event.currentTarget.value })}
          error={errorOf("stage")}
        />
        <NativeSelect
          label="Profile"
          data={[{ value: "", label: "Choose a profile" }, ...world.profiles.map(optionOf)]}
          value={row.deployProfileId}
          onChange={(event) => onChange({ deployProfileId: event.currentTarget.value })}
          error={errorOf("deployProfileId")}
        />
        <RowButtons {...props} />
      </div>
      {isRowComplete(row) && (
        <p className={classes.sentence}>
          {inCode(sentenceOf(row, trigger, profile))} <Unproven slug={world.slug} profile={profile} />
        </p>
      )}
    </fieldset>
  );
}

function suggestionsOf(stages: string[]) {
  const others = stages.filter((stage) => stage !== ownStage).map((value) => ({ value }));
  return [...others, { value: ownStage, label: "A stage per branch" }];
}

function optionOf({ deployProfileId, slug, accountId, region }: DeployProfileView) {
  return { value: deployProfileId, label: `${slug} (${accountId ?? "no account yet"}, ${region})` };
}

function Unproven({ slug, profile }: { slug: string; profile: DeployProfileView | null }) {
  if (profile === null || profile.provenAt !== null) return null;
  return (
    <>
      The profile is unproven, so its deployments wait until you{" "}
      <Anchor component={Link} href={`/${slug}/profiles/${profile.slug}#proof`} underline="always" fz="inherit">
        test its role
      </Anchor>
      .
    </>
  );
}

function RowButtons({ place, count, onMove, onRemove }: Props) {
  const nth = place + 1;
  const buttons = [
    { label: `Move row ${nth} up`, Icon: IconArrowUp, act: () => onMove(place - 1), disabled: place === 0 },
    { label: `Move row ${nth} down`, Icon: IconArrowDown, act: () => onMove(place + 1), disabled: nth === count },
    { label: `Remove row ${nth}`, Icon: IconTrash, act: onRemove, disabled: false },
  ];
  return (
    <div className={classes.buttons}>
      {buttons.map(({ label, Icon, act, disabled }) => (
        <ActionIcon
          key={label}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={label}
          title={label}
          disabled={disabled}
          onClick={act}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      ))}
    </div>
  );
}
