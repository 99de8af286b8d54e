// Where one can go from everywhere.
import Bell from "@lucide/svelte/icons/bell";
import Bookmark from "@lucide/svelte/icons/bookmark";
import Coffee from "@lucide/svelte/icons/coffee";
import CalendarClock from "@lucide/svelte/icons/calendar-clock";
import Compass from "@lucide/svelte/icons/compass";
import Globe from "@lucide/svelte/icons/globe";
import House from "@lucide/svelte/icons/house";
import Keyboard from "@lucide/svelte/icons/keyboard";
import List from "@lucide/svelte/icons/list";
import LogOut from "@lucide/svelte/icons/log-out";
import MessagesSquare from "@lucide/svelte/icons/messages-square";
import NotebookPen from "@lucide/svelte/icons/notebook-pen";
import Search from "@lucide/svelte/icons/search";
import Settings from "@lucide/svelte/icons/settings";
import Star from "@lucide/svelte/icons/star";
import User from "@lucide/svelte/icons/user";
import type { Component } from "svelte";
import { me } from "../../state/me.svelte";
import { open } from "../../state/windows.svelte";
import { t } from "../../strings";

export interface Place {
  href: string;
  label: string;
  icon: Component<{ size?: number; "aria-hidden"?: "true" }>;
  /** Whether it stands in the menu where there is little room. */
  minor: boolean;
}

export const places = (): Place[] => [
  { href: "/home", label: t("page.home"), icon: House, minor: false },
  { href: "/notifications", label: t("page.notifications"), icon: Bell, minor: false },
  { href: "/search", label: t("page.search"), icon: Search, minor: false },
  { href: "/explore", label: t("page.explore"), icon: Compass, minor: true },
  { href: "/public/local", label: t("page.public"), icon: Globe, minor: false },
  { href: "/conversations", label: t("page.conversations"), icon: MessagesSquare, minor: true },
  { href: "/lists", label: t("page.lists"), icon: List, minor: true },
  { href: "/catch-up", label: t("page.catchUp"), icon: Coffee, minor: true },
  { href: "/bookmarks", label: t("page.bookmarks"), icon: Bookmark, minor: true },
  { href: "/favourites", label: t("page.favourites"), icon: Star, minor: true },
];

interface Item {
  href?: string;
  label: string;
  icon?: Component;
  run?: () => void;
}

/** What has no place of its own on a narrow screen. */
export const rest = (): Item[] => [
  ...account(),
  ...places()
    .filter((place) => place.minor)
    .map(({ href, label, icon }) => ({ href, label, icon: icon as Component })),
];

/** What concerns oneself. */
export const account = (): Item[] => [
  { href: `/@${me.account.username}`, label: t("page.profile"), icon: User },
  { href: "/drafts", label: t("page.drafts"), icon: NotebookPen },
  { href: "/scheduled", label: t("page.scheduled"), icon: CalendarClock },
  { href: "/settings", label: t("page.settings"), icon: Settings },
  { label: t("keys.title"), icon: Keyboard, run: () => open({ kind: "keys" }) },
  { label: t("signOut"), icon: LogOut, run: () => location.assign("/sign-out") },
];
