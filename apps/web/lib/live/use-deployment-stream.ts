"use client";

import type { PhaseView, StackEventView } from "@branchline/core/deployments/queries";
import type { DeploymentStatus } from "@branchline/core/deployments/status";
import type { LogStore } from "@branchline/ui/log-store";
import { useEffect, useEffectEvent, useState } from "react";
import { openLiveChannel } from "./live-channel";

type Over<Type> = {
  [Key in keyof Type]: Type[Key] extends Date ? string : Type[Key] extends Date | null ? string | null : Type[Key];
};

export type Heard = {
  phases: Map<string, PhaseView>;
  resources: Map<string, StackEventView>;
  /** Nothing more comes. */
  isOver: boolean;
  /** Why nothing comes for now. */
  pause: string | null;
};

export const phaseKey = (phase: { epoch: number; name: string }) => `${phase.epoch}.${phase.name}`;
export const eventKey = (event: StackEventView) => `${event.logicalId} ${event.status} ${event.at.getTime()}`;

type Options = {
  deploymentId: string;
  /** The id of the last chunk that the page brought along. */
  after: string | null;
  /** False: the page has everything already. */
  isOpen: boolean;
  status: DeploymentStatus;
  store: LogStore;
  onStatus: () => void;
};

/** The one live channel of a deployment's page. What the browser missed while it was away comes when it is back. */
export function useDeploymentStream({ deploymentId, after, isOpen, status, store, onStatus }: Options): Heard {
  const [heard, setHeard] = useState<Omit<Heard, "pause">>({
    phases: new Map(),
    resources: new Map(),
    isOver: !isOpen,
  });
  const [pause, setPause] = useState<string | null>(null);
  const hearStatus = useEffectEvent((told: DeploymentStatus) => {
    if (told !== status) onStatus();
  });
  useEffect(() => {
    if (!isOpen) return;
    const close = openLiveChannel({
      addressAfter: (id) => {
        const from = id ?? after;
        return `/api/deployments/${deploymentId}/events${from === null ? "" : `?after=${from}`}`;
      },
      hearing: {
        log({ at, ...part }: { firstLine: number; text: string; continues: boolean; at: string }) {
          store.append({ ...part, at: new Date(at) });
        },
        phase(body: Over<PhaseView>) {
          const phase = { ...body, startedAt: new Date(body.startedAt), finishedAt: dateOf(body.finishedAt) };
          setHeard((before) => ({ ...before, phases: new Map(before.phases).set(phaseKey(phase), phase) }));
        },
        resource(body: Over<StackEventView>) {
          const event = { ...body, at: new Date(body.at) };
          setHeard((before) => ({ ...before, resources: new Map(before.resources).set(eventKey(event), event) }));
        },
        status(body: { status: DeploymentStatus }) {
          hearStatus(body.status);
        },
        eof(body: { status: DeploymentStatus }) {
          close();
          setHeard((before) => ({ ...before, isOver: true }));
          hearStatus(body.status);
        },
      },
      onPause: setPause,
    });
    return close;
  }, [deploymentId, after, isOpen, store]);
  return { ...heard, pause };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
