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
  isDanger?: boolean;
};

/** Asks before what can't be undone, or must not happen by chance, is done. */
export function ConfirmDialog(props: Props) {
  const { submit, subject, confirm, keep = "Cancel", isDanger = true, children, ...dialog } = props;
  return (
    <Dialog {...dialog}>
      <form action={submit} onSubmit={dialog.onClose}>
        <input type="hidden" {...subject} />
        {children}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={dialog.onClose}>
            {keep}
          </Button>
          <SubmitButton {...(isDanger ? { color: "red" } : {})}>{confirm}</SubmitButton>
        </Group>
      </form>
    </Dialog>
  );
}
