import { startTransition, useEffect, useRef, useState } from "react";

/**
 * A menu whose script comes when somebody is about to open it. Until the click, the button stands alone and says what a
 * closed menu says; the transition leaves it in its place, with the focus, until the menu can stand there instead.
 */
export function useLateMenu(load: () => Promise<unknown>) {
  const [isAsked, setIsAsked] = useState(false);
  const announce = () => void load().catch(() => undefined);
  const waiting = {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => startTransition(() => setIsAsked(true)),
    onFocus: announce,
    onPointerEnter: announce,
  } as const;
  return { isAsked, waiting };
}

/** Opens the menu that was waited for, from its own button, which gets the focus back when it closes. */
export function useOpenedAtOnce() {
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  const look = { shadow: "md", withinPortal: false, withInitialFocusPlaceholder: false } as const;
  return { button, menu: { opened, onChange: setOpened, ...look } };
}
