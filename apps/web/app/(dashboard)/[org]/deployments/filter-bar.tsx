"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useQueryStates } from "nuqs";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState, useTransition } from "react";
import { SuggestInput } from "@/components/suggest-input";
import classes from "./deployments.module.css";
import { filterParsers, terminalStatuses } from "./filters";

type Props = { services: string[]; stages: string[]; branches: string[]; people: string[] };

export function FilterBar(props: Props) {
  return (
    <NuqsAdapter>
      <Filters {...props} />
    </NuqsAdapter>
  );
}

function Filters({ services, stages, branches, people }: Props) {
  const [isLoading, startTransition] = useTransition();
  const [filters, setFilters] = useQueryStates(filterParsers, { shallow: false, startTransition });
  const isFiltered = Object.values(filters).some((value) => value !== null);
  return (
    <search className={classes.filters} aria-label="Filters" aria-busy={isLoading}>
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
      <Typed
        key={`branch ${filters.branch}`}
        label="Branch"
        options={branches}
        value={filters.branch}
        onChange={(branch) => setFilters({ branch })}
      />
      <Typed
        key={`person ${filters.person}`}
        label="Person"
        options={people}
        value={filters.person}
        onChange={(person) => setFilters({ person })}
      />
      {isFiltered && (
        <Button
          variant="subtle"
          size="xs"
          onClick={() => void setFilters({ service: null, stage: null, status: null, branch: null, person: null })}
        >
          Show all
        </Button>
      )}
    </search>
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

/** Asks once it is typed to its end, or chosen: half a name fits nothing. */
function Typed({ label, options, value, onChange }: ChoiceProps) {
  const [typed, setTyped] = useState(value ?? "");
  const ask = (text: string) => {
    if (text !== (value ?? "")) void onChange(text === "" ? null : text);
  };
  return (
    <SuggestInput
      size="xs"
      className={classes.filter ?? ""}
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      spellCheck={false}
      suggestions={options.map((option) => ({ value: option }))}
      value={typed}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text);
        if (text === "" || options.includes(text)) ask(text);
      }}
      onBlur={() => ask(typed.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") ask(typed.trim());
      }}
    />
  );
}
