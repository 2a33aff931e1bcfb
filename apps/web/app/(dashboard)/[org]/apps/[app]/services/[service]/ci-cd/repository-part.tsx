import type { RepositoryRow } from "@branchline/core/repositories/queries";
import { NativeSelect, SimpleGrid, Text } from "@mantine/core";
import { inCode } from "@/components/in-code";
import { SuggestInput } from "@/components/suggest-input";
import type { Change, Settings, World } from "./settings";

type Props = { settings: Settings; change: Change; world: World; errors: Record<string, string> };

export function RepositoryPart({ settings, change, world, errors }: Props) {
  const repository = world.repositories.find(({ repositoryId }) => repositoryId === settings.repositoryId);
  const directories = repository?.directories.map(({ baseDirectory }) => baseDirectory || "/") ?? [];
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label="Repository"
          data={[
            { value: "", label: "Choose a repository" },
            ...world.repositories.map(({ repositoryId, fullName }) => ({ value: repositoryId, label: fullName })),
          ]}
          value={settings.repositoryId}
          onChange={(event) => change({ repositoryId: event.currentTarget.value })}
          error={errors.repositoryId}
        />
        <SuggestInput
          label="Base directory"
          description="Holds the serverless.yml; / is the repository's root."
          inputWrapperOrder={["label", "input", "description", "error"]}
          suggestions={[...new Set(directories)].map((value) => ({ value }))}
          value={settings.baseDirectory === "" ? "/" : settings.baseDirectory}
          onChange={({ currentTarget: { value } }) => change({ baseDirectory: value === "/" ? "" : value })}
          error={errors.baseDirectory}
        />
      </SimpleGrid>
      {repository !== undefined && (
        <Text size="sm" c="dimmed" mt="xs" role="status">
          {inCode(whatWasRead(repository, settings.baseDirectory))}
        </Text>
      )}
    </>
  );
}

function whatWasRead(repository: RepositoryRow, baseDirectory: string): string {
  const { directories, fullName, scannedAt, scanIsRetried, scanProblem } = repository;
  const directory = directories.find((candidate) => candidate.baseDirectory === baseDirectory);
  if (directory !== undefined) {
    const file = `\`${[baseDirectory, directory.configFile ?? "serverless.yml"].filter(Boolean).join("/")}\``;
    if (directory.unreadBecause !== null)
      return `${file} was found; its names could not be read: ${directory.unreadBecause}`;
    return `${file} is the service \`${directory.serviceName}\` of the app \`${directory.app}\`.`;
  }
  if (scanIsRetried) return `The scan of ${fullName} for services failed, and is tried again.`;
  if (scannedAt === null) return `${fullName} is being scanned for services.`;
  if (scanProblem !== null) return scanProblem;
  return `The last scan of ${fullName} found no serverless.yml in this directory. A deployment fails there until one is merged.`;
}
