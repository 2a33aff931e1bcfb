import { TextInput, type TextInputProps } from "@mantine/core";
import { useId } from "react";

type Props = TextInputProps & { suggestions: { value: string; label?: string }[] };

/** A text of one's own, or one of the suggestions, which the browser itself offers. */
export function SuggestInput({ suggestions, ...props }: Props) {
  const listId = useId();
  return (
    <>
      <TextInput list={listId} autoComplete="off" {...props} />
      <datalist id={listId}>
        {suggestions.map(({ value, label }) => (
          <option key={value} value={value} label={label} />
        ))}
      </datalist>
    </>
  );
}
