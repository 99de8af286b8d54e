// What one does with a post. It shows at once, and is taken back where the server refuses.
import { calls } from "../client/calls";
import { sentence, told } from "../client/failure";
import type { Status } from "../client";
import { change, keep, post } from "./posts.svelte";
import { say } from "./toasts.svelte";

type Verb =
  | "favourite"
  | "unfavourite"
  | "bookmark"
  | "unbookmark"
  | "pin"
  | "unpin"
  | "mute"
  | "unmute"
  | "reblog"
  | "unreblog";

const CHANGES: Record<Verb, (before: Status) => Partial<Status>> = {
  favourite: (before) => ({ favourited: true, favourites_count: before.favourites_count + 1 }),
  unfavourite: (before) => ({ favourited: false, favourites_count: before.favourites_count - 1 }),
  reblog: (before) => ({ reblogged: true, reblogs_count: before.reblogs_count + 1 }),
  unreblog: (before) => ({ reblogged: false, reblogs_count: before.reblogs_count - 1 }),
  bookmark: () => ({ bookmarked: true }),
  unbookmark: () => ({ bookmarked: false }),
  pin: () => ({ pinned: true }),
  unpin: () => ({ pinned: false }),
  mute: () => ({ muted: true }),
  unmute: () => ({ muted: false }),
};

/** Do it. `audience`: who sees a boost. */
export async function act(id: string, verb: Verb, audience?: "public" | "unlisted" | "private"): Promise<void> {
  const known = post(id);
  if (known === undefined) return;
  const before = change(id, CHANGES[verb](known));
  const params = { path: { id } };
  try {
    const done =
      verb === "reblog"
        ? await told(
            calls.POST("/api/v1/statuses/{id}/reblog", { params, body: { visibility: audience ?? "public" } }),
          )
        : await told(calls.POST(`/api/v1/statuses/{id}/${verb}`, { params }));
    keep([done.reblog ?? done]);
  } catch (error) {
    if (before !== undefined) change(id, before);
    say(sentence(error));
  }
}
