"use client";

import { Button, Group } from "@mantine/core";
import { Dialog, type DialogProps } from "./dialog";
import { SubmitButton } from "./submit-button";

type Props = DialogProps & {
  submit: (form: FormData) => void;
  /** The form's hidden field, which says what it is about. */
  subject: { name: string; value: string };
  confirm: string;
  keep?: string;
};

/** Asks before what can't be undone is done. */
export function ConfirmDialog({ submit, subject, confirm, keep = "Cancel", children, ...dialog }: Props) {
  return (
    <Dialog {...dialog}>
      <form action={submit} onSubmit={dialog.onClose}>
        <input type="hidden" {...subject} />
        {children}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.onClose}>
            {keep}
          </Button>
          <SubmitButton color="red">{confirm}</SubmitButton>
        </Group>
      </form>
    </Dialog>
  );
}
