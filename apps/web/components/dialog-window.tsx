"use client";

import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import type { DialogProps } from "./dialog";

/** Opens after it stands: only what changes while it stands moves the focus into it, and back at the end. */
export default function DialogWindow({ opened, ...props }: DialogProps) {
  const [isShown, setIsShown] = useState(false);
  useEffect(() => setIsShown(opened), [opened]);
  return <Modal opened={isShown} {...props} />;
}
