// How one stands to the people this page knows.
import { SvelteMap } from "svelte/reactivity";
import type { Account, Entities } from "../client";
import { calls } from "../client/calls";
import { sentence, told } from "../client/failure";
import { t } from "../strings";
import { say } from "./toasts.svelte";

export type Relationship = Entities["Relationship"];
type Verb = "follow" | "unfollow" | "block" | "unblock" | "mute" | "unmute" | "remove_from_followers" | "pin" | "unpin";

const known = new SvelteMap<string, Relationship>();

export const relationship = (id: string): Relationship | undefined => known.get(id);

/** Keep what the server said. */
export function keepRelationships(said: readonly Relationship[]): void {
  for (const one of said) known.set(one.id, one);
}

const MOST = 40;
let wanted = new Set<string>();

/** Ask how one stands to these people, unless that is known. All that is asked for at once is asked together. */
export function acquaint(ids: readonly string[]): void {
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return;
  if (wanted.size === 0) setTimeout(() => void fetchWanted().catch((error: unknown) => say(sentence(error))));
  for (const id of unknown) wanted.add(id);
}

async function fetchWanted(): Promise<void> {
  const ids = [...wanted];
  wanted = new Set();
  for (let at = 0; at < ids.length; at += MOST) {
    const query = { "id[]": ids.slice(at, at + MOST), with_suspended: true };
    keepRelationships(await told(calls.GET("/api/v1/accounts/relationships", { params: { query } })));
  }
}

/** Change how one stands to somebody. Gives whether it was done. */
export async function relate(account: Pick<Account, "id">, verb: Verb, body: object = {}): Promise<boolean> {
  try {
    const params = { path: { id: account.id } };
    const said = await told(calls.POST(`/api/v1/accounts/{id}/${verb}` as "/api/v1/accounts/{id}/follow", { params, body }));
    keepRelationships([said]);
    return true;
  } catch (error) {
    say(sentence(error));
    return false;
  }
}

export async function mute(account: Account): Promise<void> {
  if (await relate(account, "mute"))
    say(t("person.muted", { name: `@${account.acct}` }), { label: t("undo"), run: () => void relate(account, "unmute") });
}

export async function block(account: Account): Promise<void> {
  if (await relate(account, "block"))
    say(t("person.blocked", { name: `@${account.acct}` }), { label: t("undo"), run: () => void relate(account, "unblock") });
}
