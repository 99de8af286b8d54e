// What one is told of, in groups: who did the same to the same.
import type { Account, Entities } from "../client";
import { calls } from "../client/calls";
import { answered, sentence, told } from "../client/failure";
import { line } from "../client/stream";
import { SvelteMap } from "svelte/reactivity";
import { keep } from "./posts.svelte";

export type Group = Entities["NotificationGroup"];
export type Shown = "all" | "mentions";

const LENGTH = 40;
const TOGETHER = ["favourite", "reblog", "follow"] as const;
const people = new SvelteMap<string, Account>();

/** Somebody of a group. */
export const person = (id: string): Account | undefined => people.get(id);

class Notices {
  groups = $state.raw<Group[]>([]);
  state = $state<"new" | "loading" | "ready" | "end">("new");
  wrong = $state<string | null>(null);
  #read = "0";
  #stop: (() => void) | null = null;

  constructor(readonly shown: Shown) {}

  enter(): void {
    this.#stop ??= line.hear("user:notification", () => void this.#newer(), () => void this.#newer());
    if (this.state === "new") void this.#begin();
    else void this.#newer();
  }

  leave(): void {
    this.#stop?.();
    this.#stop = null;
    void this.#mark();
  }

  /** Whether a group came since one looked last. */
  isNew(group: Group): boolean {
    return BigInt(group.page_max_id ?? String(group.most_recent_notification_id)) > BigInt(this.#read);
  }

  async older(): Promise<void> {
    if (this.state === "loading" || this.state === "end") return;
    this.state = "loading";
    const last = this.groups.at(-1);
    const found = await this.#load(last === undefined ? {} : { max_id: last.page_min_id ?? String(last.most_recent_notification_id) });
    if (found !== null) this.groups = [...this.groups, ...without(found, this.groups)];
    this.state = found === null ? "ready" : found.length === 0 ? "end" : "ready";
  }

  async #begin(): Promise<void> {
    const query = { "timeline[]": ["notifications" as const] };
    const markers = await told(calls.GET("/api/v1/markers", { params: { query } })).catch(() => null);
    this.#read = markers?.notifications?.last_read_id ?? "0";
    await this.older();
    await this.#mark();
  }

  async #newer(): Promise<void> {
    const [first] = this.groups;
    if (first === undefined || this.state === "loading") return;
    const found = await this.#load({ since_id: first.page_max_id ?? String(first.most_recent_notification_id) });
    if (found !== null && found.length > 0) this.groups = [...found, ...without(this.groups, found)];
  }

  async #mark(): Promise<void> {
    const [first] = this.groups;
    const id = first?.page_max_id;
    if (this.shown !== "all" || id === undefined || BigInt(id) <= BigInt(this.#read)) return;
    await told(calls.POST("/api/v1/markers", { body: { notifications: { last_read_id: id } } })).catch(() => null);
  }

  async #load(query: Record<string, string>): Promise<Group[] | null> {
    const kinds = this.shown === "mentions" ? { "types[]": ["mention" as const] } : {};
    try {
      const asked = { limit: LENGTH, "grouped_types[]": [...TOGETHER], ...kinds, ...query };
      const { data } = await answered(calls.GET("/api/v2/notifications", { params: { query: asked } }));
      for (const one of data.accounts) people.set(one.id, one);
      keep(data.statuses);
      this.wrong = null;
      return data.notification_groups;
    } catch (error) {
      this.wrong = sentence(error);
      return null;
    }
  }
}

function without(groups: readonly Group[], others: readonly Group[]): Group[] {
  const keys = new Set(others.map((one) => one.group_key));
  return groups.filter((one) => !keys.has(one.group_key));
}

const remembered = new Map<Shown, Notices>();

/** The notices, or those of them that name one. */
export function notices(shown: Shown): Notices {
  const found = remembered.get(shown) ?? new Notices(shown);
  remembered.set(shown, found);
  return found;
}
