/** CloudFormation's page for one stack from one template, with its parameters filled in. */
export function quickCreateUrl(options: {
  region: string;
  templateUrl: string;
  stackName: string;
  parameters: Record<string, string>;
}): string {
  const query = new URLSearchParams({ templateURL: options.templateUrl, stackName: options.stackName });
  for (const [name, value] of Object.entries(options.parameters)) query.set(`param_${name}`, value);
  return `https://${options.region}.console.aws.amazon.com/cloudformation/home?region=${options.region}#/stacks/quickcreate?${query}`;
}
