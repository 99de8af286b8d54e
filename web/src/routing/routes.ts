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
  ["/notifications", () => import("../features/notifications/Notifications.svelte")],
  ["/explore", () => import("../features/explore/Explore.svelte")],
  ["/explore/:part", () => import("../features/explore/Explore.svelte")],
  ["/search", () => import("../features/search/Search.svelte")],
  ["/@:acct", () => import("../features/profile/Profile.svelte")],
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
    const values = Object.entries(found.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return { name, load, values: Object.fromEntries(values) as Record<string, string> };
  }
  return null;
}
