// The keys that work everywhere. Spec: Mastodon documentation, user guide, keyboard shortcuts
import { back, go } from "../../routing/router.svelte";
import { me } from "../../state/me.svelte";
import { open, windows, write } from "../../state/windows.svelte";

const PLACES: Record<string, string> = {
  h: "/home",
  n: "/notifications",
  l: "/public/local",
  t: "/public",
  e: "/explore",
  d: "/conversations",
  f: "/favourites",
  b: "/bookmarks",
  r: "/follow_requests",
  u: "/me",
};
const WAITS = 1_200;
let going = 0;

/** What a key does, unless somebody types or a window lies over the page. */
export function pressed(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || windows.top !== null) return;
  if (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return;
  const run = Date.now() - going < WAITS ? place(event.key) : simple(event.key);
  going = 0;
  if (run === null) return;
  event.preventDefault();
  run();
}

function place(key: string): (() => void) | null {
  const path = PLACES[key];
  if (path === undefined) return null;
  return () => go(path === "/me" ? `/@${me.account.username}` : path);
}

function simple(key: string): (() => void) | null {
  const keys: Record<string, () => void> = {
    g: () => (going = Date.now()),
    n: () => write(),
    s: () => go("/search"),
    "/": () => go("/search"),
    "?": () => open({ kind: "keys" }),
    j: () => step(1),
    k: () => step(-1),
    ".": () => document.querySelector<HTMLElement>(".new button")?.click(),
    Backspace: () => back("/home"),
    ...Object.fromEntries([..."123456789"].map((digit) => [digit, () => nth(Number(digit))])),
  };
  return keys[key] ?? null;
}

const articles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("#main article")];

function step(by: 1 | -1): void {
  const all = articles();
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const next = at === -1 ? all.find((one) => one.getBoundingClientRect().top >= 0) : all[at + by];
  focus(next);
}

function nth(index: number): void {
  focus(articles().filter((one) => one.getBoundingClientRect().bottom > 60)[index - 1]);
}

function focus(article: HTMLElement | undefined): void {
  article?.focus({ preventScroll: true });
  const box = article?.getBoundingClientRect();
  if (box === undefined) return;
  if (box.top < 60) scrollBy({ top: box.top - 60 });
  else if (box.bottom > innerHeight - 20) scrollBy({ top: Math.min(box.top - 60, box.bottom - innerHeight + 20) });
}
