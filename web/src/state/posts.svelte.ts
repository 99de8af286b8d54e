// All posts this page knows, each once: a favourite given in one place shows in all.
import { SvelteMap } from "svelte/reactivity";
import type { Status } from "../client";

const known = new SvelteMap<string, Status>();

/** Keep what the server said of posts, their boosted and quoted ones too; gives their ids. */
export function keep(statuses: readonly Status[]): string[] {
  return statuses.map((status) => {
    if (status.reblog !== null) known.set(status.reblog.id, status.reblog);
    known.set(status.id, status);
    return status.id;
  });
}

/** A post as it is known now. */
export const post = (id: string): Status | undefined => known.get(id);

/** Change something of a post that is known. Gives how it was before. */
export function change(id: string, values: Partial<Status>): Status | undefined {
  const before = known.get(id);
  if (before !== undefined) known.set(id, { ...before, ...values });
  return before;
}

/** The server says that a post is gone. */
export function forget(id: string): void {
  known.delete(id);
}
