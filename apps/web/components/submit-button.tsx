"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { useFormStatus } from "react-dom";

/** Shows that its form's action runs, and can't be pressed twice. */
export function SubmitButton(props: ButtonProps) {
  const { pending } = useFormStatus();
  return <Button type="submit" loading={pending} {...props} />;
}
