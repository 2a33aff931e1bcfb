import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes long begins first, so that the short ones fill all lanes to an even end. Within a project vitest itself puts
 * those first that took longest in the last run, or on a fresh clone the largest files.
 */
export class WorldsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isWorld = ({ project }: TestSpecification) => project.name === "worlds";
    return [...sorted.filter(isWorld), ...sorted.filter((file) => !isWorld(file))];
  }
}
