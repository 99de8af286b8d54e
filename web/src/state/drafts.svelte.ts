// What is being written. Kept in the browser at every change, so that nothing typed is lost by a crash or a closed tab.
import type { Attachment, Status } from "../client";
import { start } from "../start";

export interface Poll {
  options: string[];
  multiple: boolean;
  /** Seconds. */
  lasts: number;
}

/** One post of a draft; several follow each other as a thread. */
export interface Part {
  text: string;
  media: Attachment[];
  poll: Poll | null;
  /** What the server knows this attempt by, so that it is not written twice. */
  key: string;
}

export interface Draft {
  id: string;
  parts: Part[];
  warned: boolean;
  warning: string;
  sensitive: boolean;
  visibility: Status["visibility"];
  quotable: "public" | "followers" | "nobody";
  language: string | null;
  /** When it is to appear; null for at once. Local time as an input gives it. */
  at: string | null;
  reply: { id: string; acct: string } | null;
  quote: string | null;
  edit: string | null;
  changed: number;
}

const KEY = `drafts ${start.me.id}`;
const MOST = 30;

let all = $state.raw<Draft[]>(read());
addEventListener("storage", (event) => {
  if (event.key === KEY) all = read();
});

function read(): Draft[] {
  return JSON.parse(localStorage.getItem(KEY) ?? "[]") as Draft[];
}

function keep(drafts: Draft[]): void {
  all = drafts;
  localStorage.setItem(KEY, JSON.stringify(drafts));
}

export const drafts = {
  /** The last changed first. */
  get all(): readonly Draft[] {
    return all;
  },
};

export const emptyPart = (text = "", media: Attachment[] = []): Part => ({ text, media, poll: null, key: crypto.randomUUID() });

/** Whether there is anything that would be a loss. */
export const worth = (draft: Draft): boolean => draft.warning !== "" || draft.parts.some((part) => part.text.trim() !== "" || part.media.length > 0 || part.poll !== null);

/** Keep a draft as it is now; one in which nothing stands is forgotten. */
export function save(draft: Draft): void {
  const others = read().filter((one) => one.id !== draft.id);
  const kept = worth(draft) ? [{ ...draft, changed: Date.now() }, ...others] : others;
  keep(kept.slice(0, MOST));
}

export function discard(id: string): void {
  keep(read().filter((one) => one.id !== id));
}
