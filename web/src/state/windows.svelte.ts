// What lies over the page: the window to write in, a picture in full, the keys, a report.
import type { Attachment, Status } from "../client";

export interface Writing {
  reply?: Status;
  quote?: Status;
  /** The post that is changed. */
  edit?: Status;
  text?: string;
  /** Kept under this name, until it is sent: see state/drafts. */
  draft?: string;
  visibility?: Status["visibility"];
}

export type Window =
  | { kind: "write"; writing: Writing }
  | { kind: "media"; media: readonly Attachment[]; at: number; lang: string | null }
  | { kind: "keys" }
  | { kind: "report"; account: Status["account"]; status?: Status }
  | { kind: "history"; status: Status }
  | { kind: "people"; status: Status; what: "favourited_by" | "reblogged_by" }
  | { kind: "ask"; title: string; text: string; label: string; alarm: boolean; run: () => void };

let shown = $state.raw<Window | null>(null);

export const windows = {
  get top(): Window | null {
    return shown;
  },
};

export function open(window: Window): void {
  shown = window;
}

export function close(): void {
  shown = null;
}

/** Write something new, an answer, or a change. */
export const write = (writing: Writing = {}): void => open({ kind: "write", writing });

/** Ask before something that cannot be taken back. */
export function ask(title: string, text: string, label: string, run: () => void, alarm = true): void {
  open({ kind: "ask", title, text, label, alarm, run });
}
