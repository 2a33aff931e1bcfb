import { Skeleton, Stack } from "@mantine/core";

export function LoadingRows() {
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height={24} width={220} />
      <Skeleton height={40} mt="md" />
      <Skeleton height={40} />
      <Skeleton height={40} />
    </Stack>
  );
}
