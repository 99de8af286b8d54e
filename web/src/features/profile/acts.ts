// What one can do about a person.
import AtSign from "@lucide/svelte/icons/at-sign";
import Ban from "@lucide/svelte/icons/ban";
import Bell from "@lucide/svelte/icons/bell";
import ExternalLink from "@lucide/svelte/icons/external-link";
import Flag from "@lucide/svelte/icons/flag";
import List from "@lucide/svelte/icons/list-plus";
import Mail from "@lucide/svelte/icons/mail";
import Repeat2 from "@lucide/svelte/icons/repeat-2";
import ServerOff from "@lucide/svelte/icons/server-off";
import Sparkles from "@lucide/svelte/icons/sparkles";
import UserMinus from "@lucide/svelte/icons/user-minus";
import VolumeX from "@lucide/svelte/icons/volume-x";
import type { Component } from "svelte";
import { go } from "../../routing/router.svelte";
import type { Account } from "../../client";
import { calls } from "../../client/calls";
import { sentence, told } from "../../client/failure";
import { block, mute, relate, type Relationship } from "../../state/people.svelte";
import { say } from "../../state/toasts.svelte";
import { ask, open, write } from "../../state/windows.svelte";
import { t } from "../../strings";

interface Item {
  label: string;
  icon?: Component;
  run?: () => void;
  href?: string;
  alarm?: boolean;
  on?: boolean;
}

export function aboutPerson(account: Account, standing: Relationship | undefined): (Item | null)[] {
  const name = `@${account.acct}`;
  return [
    { label: t("person.mention", { name }), icon: AtSign, run: () => write({ text: `${name} ` }) },
    { label: t("person.direct", { name }), icon: Mail, run: () => write({ text: `${name} `, visibility: "direct" }) },
    { label: t("post.original"), icon: ExternalLink, run: () => void window.open(account.url, "_blank", "noopener") },
    ...(standing?.following === true ? following(account, standing) : []),
    standing?.followed_by === true
      ? { label: t("person.removeFollower"), icon: UserMinus, alarm: true, run: () => void relate(account, "remove_from_followers") }
      : null,
    standing?.muting === true
      ? { label: t("person.unmute", { name }), icon: VolumeX, run: () => void relate(account, "unmute") }
      : { label: t("person.mute", { name }), icon: VolumeX, run: () => void mute(account) },
    standing?.blocking === true
      ? { label: t("person.unblock"), icon: Ban, run: () => void relate(account, "unblock") }
      : {
          label: t("person.block", { name }),
          icon: Ban,
          alarm: true,
          run: () => ask(t("person.block", { name }), t("person.blockWarning"), t("person.blockNow"), () => void block(account)),
        },
    { label: t("person.report", { name }), icon: Flag, alarm: true, run: () => open({ kind: "report", account }) },
    domain(account, standing),
  ];
}

function following(account: Account, standing: Relationship): Item[] {
  return [
    {
      label: t("person.boosts"),
      icon: Repeat2,
      on: standing.showing_reblogs,
      run: () => void relate(account, "follow", { reblogs: !standing.showing_reblogs }),
    },
    {
      label: t("person.notify"),
      icon: Bell,
      on: standing.notifying,
      run: () => void relate(account, "follow", { notify: !standing.notifying }),
    },
    {
      label: t("person.feature"),
      icon: Sparkles,
      on: standing.endorsed,
      run: () => void relate(account, standing.endorsed ? "unpin" : "pin"),
    },
    { label: t("person.lists"), icon: List, run: () => go(`/lists?with=${account.id}`) },
  ];
}

function domain(account: Account, standing: Relationship | undefined): Item | null {
  const [, host] = account.acct.split("@");
  if (host === undefined) return null;
  if (standing?.domain_blocking === true) return { label: t("domain.unblock", { host }), icon: ServerOff, run: () => void change(host, false) };
  return {
    label: t("domain.block", { host }),
    icon: ServerOff,
    alarm: true,
    run: () => ask(t("domain.block", { host }), t("domain.blockWarning"), t("domain.blockNow"), () => void change(host, true)),
  };
}

async function change(host: string, blocked: boolean): Promise<void> {
  try {
    if (blocked) await told(calls.POST("/api/v1/domain_blocks", { body: { domain: host } }));
    else await told(calls.DELETE("/api/v1/domain_blocks", { params: { query: { domain: host } } }));
    say(blocked ? t("domain.blocked", { host }) : t("domain.unblocked", { host }));
  } catch (error) {
    say(sentence(error));
  }
}
