import { Text, type TextProps } from "@mantine/core";

type Props = TextProps & { message: string | null | undefined };

/** Why a button did nothing, in small beside it; nothing when there is no reason. */
export function RefusalText({ message, ...look }: Props) {
  if (message === null || message === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert" {...look}>
      {message}
    </Text>
  );
}
