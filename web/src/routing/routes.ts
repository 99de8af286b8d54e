// Which address shows which page. Home comes with the app, any other is loaded when it is first gone to.
import type { Component } from "svelte";
import Home from "../features/timeline/Home.svelte";

type Page = Component<Record<string, string>>;
type Loaded = Promise<{ default: Component<never> }>;

export interface Matched {
  load: () => Promise<{ default: Page }>;
  values: Record<string, string>;
  /** What stays the same page while only its values change. */
  name: string;
}

const PAGES: [string, () => Loaded][] = [
  ["/home", () => Promise.resolve({ default: Home })],
  ["/public", () => import("../features/timeline/Public.svelte")],
  ["/public/:from", () => import("../features/timeline/Public.svelte")],
  ["/tags/:tag", () => import("../features/timeline/Tag.svelte")],
  ["/lists/:id", () => import("../features/timeline/List.svelte")],
  ["/link", () => import("../features/timeline/Link.svelte")],
  ["/bookmarks", () => import("../features/timeline/Bookmarks.svelte")],
  ["/favourites", () => import("../features/timeline/Favourites.svelte")],
  ["/conversations", () => import("../features/conversations/Conversations.svelte")],
  ["/lists", () => import("../features/lists/Lists.svelte")],
  ["/lists/:id/edit", () => import("../features/lists/ListEdit.svelte")],
  ["/catch-up", () => import("../features/catchup/CatchUp.svelte")],
  ["/drafts", () => import("../features/kept/Drafts.svelte")],
  ["/scheduled", () => import("../features/kept/Scheduled.svelte")],
  ["/follow_requests", () => import("../features/kept/Kept.svelte")],
  ["/blocks", () => import("../features/kept/Kept.svelte")],
  ["/mutes", () => import("../features/kept/Kept.svelte")],
  ["/domain_blocks", () => import("../features/kept/Kept.svelte")],
  ["/followed_tags", () => import("../features/kept/Kept.svelte")],
  ["/filters", () => import("../features/filters/Filters.svelte")],
  ["/settings", () => import("../features/settings/Settings.svelte")],
  ["/settings/profile", () => import("../features/settings/ProfileEdit.svelte")],
  ["/settings/posting", () => import("../features/settings/Posting.svelte")],
  ["/settings/look", () => import("../features/settings/Look.svelte")],
  ["/notifications/policy", () => import("../features/notifications/Policy.svelte")],
  ["/notifications/requests", () => import("../features/notifications/Policy.svelte")],
  ["/notifications", () => import("../features/notifications/Notifications.svelte")],
  ["/explore", () => import("../features/explore/Explore.svelte")],
  ["/explore/:part", () => import("../features/explore/Explore.svelte")],
  ["/search", () => import("../features/search/Search.svelte")],
  ["/@:acct", () => import("../features/profile/Profile.svelte")],
  ["/@:acct/:id/quotes", () => import("../features/timeline/Quotes.svelte")],
  ["/@:acct/:part", () => import("../features/profile/Part.svelte")],
];

const COMPILED = PAGES.map(([pattern, load]) => ({
  name: pattern,
  load: load as unknown as Matched["load"],
  shape: new RegExp(`^${pattern.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`),
}));

/** The page of a path; null when the app has none. */
export function match(path: string): Matched | null {
  for (const { name, load, shape } of COMPILED) {
    const found = shape.exec(path);
    if (found === null) continue;
    try {
      const values = Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
      return { name, load, values: Object.fromEntries(values) as Record<string, string> };
    } catch {
      return null; // an address that is no text is none of ours
    }
  }
  return null;
}
