"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";

export type DialogProps = { opened: boolean; onClose: () => void; title: string; size?: "sm"; children: ReactNode };

const DialogWindow = dynamic(() => import("./dialog-window"), { ssr: false });

/** The kit's modal window, whose script comes when it is opened for the first time. */
export function Dialog(props: DialogProps) {
  const [wasOpened, setWasOpened] = useState(props.opened);
  if (props.opened && !wasOpened) setWasOpened(true);
  return wasOpened && <DialogWindow {...props} />;
}
