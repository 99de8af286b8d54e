// The further actions of a post, by whose it is.
import BellOff from "@lucide/svelte/icons/bell-off";
import Ban from "@lucide/svelte/icons/ban";
import Copy from "@lucide/svelte/icons/copy";
import ExternalLink from "@lucide/svelte/icons/external-link";
import Flag from "@lucide/svelte/icons/flag";
import History from "@lucide/svelte/icons/history";
import Pencil from "@lucide/svelte/icons/pencil";
import Pin from "@lucide/svelte/icons/pin";
import RotateCcw from "@lucide/svelte/icons/rotate-ccw";
import Trash from "@lucide/svelte/icons/trash-2";
import VolumeX from "@lucide/svelte/icons/volume-x";
import type { Component } from "svelte";
import type { Status } from "../../client";
import { act } from "../../state/acting";
import { me } from "../../state/me.svelte";
import { block, mute } from "../../state/people.svelte";
import { remove } from "../../state/removing";
import { say } from "../../state/toasts.svelte";
import { ask, open, write } from "../../state/windows.svelte";
import { t } from "../../strings";

interface Item {
  label: string;
  icon?: Component;
  run?: () => void;
  href?: string;
  alarm?: boolean;
}

export function more(status: Status): Item[] {
  const mine = status.account.id === me.account.id;
  return [...always(status), ...(mine ? own(status) : others(status))];
}

function always(status: Status): Item[] {
  const address = status.url ?? status.uri;
  const list: Item[] = [
    {
      label: t("post.copyLink"),
      icon: Copy,
      run: () => void navigator.clipboard.writeText(address).then(() => say(t("copied"))),
    },
    { label: t("post.original"), icon: ExternalLink, run: () => void window.open(address, "_blank", "noopener") },
  ];
  if (status.edited_at !== null) list.push({ label: t("post.history"), icon: History, run: () => open({ kind: "history", status }) });
  return list;
}

function own(status: Status): Item[] {
  const pinnable = status.visibility !== "direct";
  const list: Item[] = [{ label: t("post.edit"), icon: Pencil, run: () => write({ edit: status }) }];
  if (pinnable)
    list.push(
      status.pinned === true
        ? { label: t("post.unpin"), icon: Pin, run: () => void act(status.id, "unpin") }
        : { label: t("post.pin"), icon: Pin, run: () => void act(status.id, "pin") },
    );
  list.push(silence(status), {
    label: t("post.redraft"),
    icon: RotateCcw,
    run: () => ask(t("post.redraft"), t("post.redraftWarning"), t("post.redraft"), () => void remove(status, true)),
  });
  list.push({
    label: t("post.delete"),
    icon: Trash,
    alarm: true,
    run: () => ask(t("post.delete"), t("post.deleteWarning"), t("post.delete"), () => void remove(status, false)),
  });
  return list;
}

function silence(status: Status): Item {
  return status.muted === true
    ? { label: t("post.unmute"), icon: BellOff, run: () => void act(status.id, "unmute") }
    : { label: t("post.mute"), icon: BellOff, run: () => void act(status.id, "mute") };
}

function others(status: Status): Item[] {
  const name = `@${status.account.acct}`;
  return [
    silence(status),
    { label: t("person.mute", { name }), icon: VolumeX, run: () => void mute(status.account) },
    {
      label: t("person.block", { name }),
      icon: Ban,
      alarm: true,
      run: () => ask(t("person.block", { name }), t("person.blockWarning"), t("person.blockNow"), () => void block(status.account)),
    },
    {
      label: t("person.report", { name }),
      icon: Flag,
      alarm: true,
      run: () => open({ kind: "report", account: status.account, status }),
    },
  ];
}
