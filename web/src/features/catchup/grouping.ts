// The same posts seen by people and by threads. Nothing is ranked: people by how much they wrote, threads by time.
import type { Account, Status } from "../../client";

export interface Writer {
  account: Account;
  count: number;
}

/** Who wrote or boosted, and how often; the busiest first, then by name. */
export function byPeople(posts: readonly Status[]): Writer[] {
  const writers = new Map<string, Writer>();
  for (const { account } of posts) {
    const known = writers.get(account.id);
    writers.set(account.id, { account, count: (known?.count ?? 0) + 1 });
  }
  return [...writers.values()].sort((a, b) => b.count - a.count || a.account.acct.localeCompare(b.account.acct));
}

export interface ThreadOfPosts {
  root: string;
  others: string[];
}

/** Posts with what answers them, the oldest first in each; the thread last written to stands first. */
export function byThreads(posts: readonly Status[]): ThreadOfPosts[] {
  const here = new Map(posts.map((one) => [one.id, one]));
  const threads = new Map<string, string[]>();
  for (const one of posts) {
    const root = rootOf(one, here);
    threads.set(root, [...(threads.get(root) ?? []), one.id]);
  }
  return [...threads].map(([root, ids]) => ({ root, others: ids.filter((id) => id !== root).reverse() }));
}

function rootOf(status: Status, here: ReadonlyMap<string, Status>): string {
  const seen = new Set<string>();
  let at = status;
  while (at.in_reply_to_id !== null && at.reblog === null && !seen.has(at.id)) {
    seen.add(at.id);
    const parent = here.get(at.in_reply_to_id);
    if (parent === undefined) break;
    at = parent;
  }
  return at.id;
}
