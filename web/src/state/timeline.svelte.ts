// A list of posts that grows at both ends: older ones by scrolling, newer ones as they come, gaps named and filled.
import type { Status } from "../client";
import { sentence } from "../client/failure";
import { next } from "../client/paging";
import { line, type Told } from "../client/stream";
import { change, forget, keep, post } from "./posts.svelte";

/** Where in a list to read, and how much. */
export interface Query {
  limit?: number;
  max_id?: string;
  since_id?: string;
  offset?: number;
}
export type Load = (query: Query) => Promise<{ data: Status[]; response: Response }>;

/** A post, or posts that were not read yet: those between two ids. */
export type Entry = { id: string; gap?: { newer: string; older: string } };

export interface Source {
  /** What it is remembered by, while the page stands. */
  name: string;
  load: Load;
  stream?: string;
  /** Whether the ids of the posts do not say where the list goes on, so that the Link header must. */
  byLink?: boolean;
  /** Whether the list is ranked, so that one goes on by how many one has. */
  byOffset?: boolean;
  /** Whether a post that is told of belongs here. */
  takes?: (status: Status) => boolean;
}

const LENGTH = 20;
const MOST_WAITING = 200;

/** One timeline, from one source. */
export class Timeline {
  entries = $state.raw<Entry[]>([]);
  waiting = $state.raw<string[]>([]);
  state = $state<"new" | "loading" | "ready" | "end">("new");
  wrong = $state<string | null>(null);
  /** Where the reader was: the first row in sight and how far it was scrolled. */
  place: { row: number; shift: number } | null = null;
  #stop: (() => void) | null = null;
  #next: Query | null = {};

  constructor(readonly source: Source) {}

  /** Hear what comes, and begin when nothing is there. */
  enter(): void {
    const { stream } = this.source;
    if (stream !== undefined) this.#stop ??= line.hear(stream, (told) => this.#hear(told), () => void this.#catchUp());
    if (this.state === "new") void this.older();
    else void this.#catchUp();
  }

  leave(): void {
    this.#stop?.();
    this.#stop = null;
  }

  /** Load what lies below. */
  async older(): Promise<void> {
    if (this.state === "loading" || this.state === "end") return;
    this.state = "loading";
    const found = await this.#load(this.#below());
    if (found === null) {
      this.state = "ready";
      return;
    }
    this.entries = [...this.entries, ...this.#fresh(found).map((id) => ({ id }))];
    const over = this.source.byLink === true ? this.#next === null : found.length === 0;
    this.state = over ? "end" : "ready";
  }

  #below(): Query {
    const last = this.entries.at(-1)?.id;
    if (this.source.byOffset === true) return { offset: this.entries.length };
    if (this.source.byLink === true) return this.#next ?? {};
    return last === undefined ? {} : { max_id: last };
  }

  /** Show the posts that wait above. */
  show(): void {
    this.entries = [...this.waiting.filter((id) => post(id) !== undefined).map((id) => ({ id })), ...this.entries];
    this.waiting = [];
  }

  /** Put a post of one's own on top at once, also when the stream told of it before the answer came. */
  add(status: Status): void {
    const [id] = keep([status]);
    this.waiting = this.waiting.filter((one) => one !== id);
    if (id !== undefined && !this.#has(id)) this.entries = [{ id }, ...this.entries];
  }

  /** Read what lies in a gap; it closes when its other side is reached. */
  async fill(entry: Entry): Promise<void> {
    if (entry.gap === undefined) return;
    const { newer, older } = entry.gap;
    const found = await this.#load({ max_id: newer, since_id: older });
    if (found === null) return;
    const at = this.entries.indexOf(entry);
    const last = found.at(-1);
    const rest = found.length < LENGTH || last === undefined ? [] : [gap(last, older)];
    const filled = this.#fresh(found).map((id) => ({ id }));
    this.entries = [...this.entries.slice(0, at), ...filled, ...rest, ...this.entries.slice(at + 1)];
  }

  /** Look what came while nobody was told of it. */
  async #catchUp(): Promise<void> {
    if (this.source.byLink === true || this.source.byOffset === true) return;
    const first = this.waiting[0] ?? this.entries.find((entry) => entry.gap === undefined)?.id;
    if (first === undefined) {
      if (this.state !== "loading") await this.older();
      return;
    }
    const found = await this.#load({ since_id: first });
    if (found === null || found.length === 0) return;
    const last = found.at(-1);
    if (found.length >= LENGTH && last !== undefined) {
      this.entries = [gap(last, first), ...this.waiting.map((id) => ({ id })), ...this.entries];
      this.waiting = this.#fresh(found);
    } else this.waiting = [...this.#fresh(found), ...this.waiting];
  }

  async #load(query: Query): Promise<string[] | null> {
    try {
      const { data, response } = await this.source.load({ limit: LENGTH, ...query });
      this.#next = next(response);
      this.wrong = null;
      return keep(data);
    } catch (error) {
      this.wrong = sentence(error);
      return null;
    }
  }

  #hear({ event, payload }: Told): void {
    if (event === "delete" && payload !== undefined) {
      forget(payload);
      this.entries = this.entries.filter((entry) => entry.id !== payload);
      this.waiting = this.waiting.filter((id) => id !== payload);
    } else if (event === "status.update" && payload !== undefined) {
      const status = JSON.parse(payload) as Status;
      if (post(status.id) !== undefined) change(status.id, status);
    } else if (event === "update" && payload !== undefined) this.#arrived(JSON.parse(payload) as Status);
  }

  #arrived(status: Status): void {
    if (this.#has(status.id) || this.source.takes?.(status) === false) return;
    keep([status]);
    this.waiting = [status.id, ...this.waiting].slice(0, MOST_WAITING);
  }

  #fresh(ids: readonly string[]): string[] {
    return ids.filter((id) => !this.#has(id));
  }

  #has(id: string): boolean {
    return this.waiting.includes(id) || this.entries.some((entry) => entry.id === id && entry.gap === undefined);
  }
}

const gap = (newer: string, older: string): Entry => ({ id: `gap-${newer}`, gap: { newer, older } });

const remembered = new Map<string, Timeline>();

/** The timeline of this source, with all that was read of it before. */
export function timeline(source: Source): Timeline {
  const known = remembered.get(source.name) ?? new Timeline(source);
  remembered.set(source.name, known);
  return known;
}
