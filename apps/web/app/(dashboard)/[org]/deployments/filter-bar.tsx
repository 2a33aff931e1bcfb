"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryStates } from "nuqs";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useTransition } from "react";
import classes from "./deployments.module.css";
import { filterParsers, terminalStatuses } from "./filters";

type Props = { services: string[]; stages: string[] };

export function FilterBar(props: Props) {
  return (
    <NuqsAdapter>
      <Filters {...props} />
    </NuqsAdapter>
  );
}

function Filters({ services, stages }: Props) {
  const [isLoading, startTransition] = useTransition();
  const [filters, setFilters] = useQueryStates(filterParsers, { shallow: false, throttleMs: 300, startTransition });
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <div className={classes.filters} aria-busy={isLoading}>
      <Choice
        label="Service"
        options={services}
        value={filters.service}
        onChange={(service) => setFilters({ service })}
      />
      <Choice label="Stage" options={stages} value={filters.stage} onChange={(stage) => setFilters({ stage })} />
      <Choice
        label="Result"
        options={[...terminalStatuses]}
        value={filters.status}
        onChange={(value) => setFilters({ status: terminalStatuses.find((status) => status === value) ?? null })}
      />
      <Typed label="Branch" value={filters.branch} onChange={(branch) => setFilters({ branch })} />
      <Typed label="Person" value={filters.person} onChange={(person) => setFilters({ person })} />
      {isFiltered && (
        <Button
          variant="subtle"
          size="xs"
          onClick={() => void setFilters({ service: null, stage: null, status: null, branch: null, person: null })}
        >
          Show all
        </Button>
      )}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  options: string[];
  value: string | null;
  onChange: (value: string | null) => Promise<unknown>;
};

function Choice({ label, options, value, onChange }: ChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      className={classes.filter ?? ""}
      aria-label={label}
      data={[{ value: "", label: `Any ${label.toLowerCase()}` }, ...options]}
      value={value ?? ""}
      onChange={(event) => void onChange(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    />
  );
}

function Typed({ label, value, onChange }: Omit<ChoiceProps, "options">) {
  return (
    <TextInput
      size="xs"
      className={classes.filter ?? ""}
      aria-label={label}
      placeholder={label}
      value={value ?? ""}
      onChange={(event) => void onChange(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    />
  );
}
