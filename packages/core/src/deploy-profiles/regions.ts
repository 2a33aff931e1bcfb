export type Partition = "aws" | "aws-us-gov" | "aws-cn";

export type Region = { region: string; name: string; partition: Partition };

/** Where a stack can be deployed, by AWS's own names. */
export const regions: readonly Region[] = [
  ...inPartition("aws", {
    "us-east-1": "N. Virginia",
    "us-east-2": "Ohio",
    "us-west-1": "N. California",
    "us-west-2": "Oregon",
    "ca-central-1": "Canada",
    "ca-west-1": "Calgary",
    "mx-central-1": "Mexico",
    "sa-east-1": "São Paulo",
    "eu-west-1": "Ireland",
    "eu-west-2": "London",
    "eu-west-3": "Paris",
    "eu-central-1": "Frankfurt",
    "eu-central-2": "Zurich",
    "eu-north-1": "Stockholm",
    "eu-south-1": "Milan",
    "eu-south-2": "Spain",
    "il-central-1": "Tel Aviv",
    "me-central-1": "United Arab Emirates",
    "me-south-1": "Bahrain",
    "af-south-1": "Cape Town",
    "ap-east-1": "Hong Kong",
    "ap-east-2": "Taipei",
    "ap-south-1": "Mumbai",
    "ap-south-2": "Hyderabad",
    "ap-southeast-1": "Singapore",
    "ap-southeast-2": "Sydney",
    "ap-southeast-3": "Jakarta",
    "ap-southeast-4": "Melbourne",
    "ap-southeast-5": "Malaysia",
    "ap-southeast-6": "New Zealand",
    "ap-southeast-7": "Thailand",
    "ap-northeast-1": "Tokyo",
    "ap-northeast-2": "Seoul",
    "ap-northeast-3": "Osaka",
  }),
  ...inPartition("aws-us-gov", { "us-gov-east-1": "GovCloud East", "us-gov-west-1": "GovCloud West" }),
  ...inPartition("aws-cn", { "cn-north-1": "Beijing", "cn-northwest-1": "Ningxia" }),
];

function inPartition(partition: Partition, names: Record<string, string>): Region[] {
  return Object.entries(names).map(([region, name]) => ({ region, name, partition }));
}

export function findRegion(region: string): Region | null {
  return regions.find((known) => known.region === region) ?? null;
}
