// How a text begins: empty, as an answer, as a change of what was written, or where one stopped.
import { calls } from "../../client/calls";
import { told } from "../../client/failure";
import type { Status } from "../../client";
import { type Draft, drafts, emptyPart } from "../../state/drafts.svelte";
import { me } from "../../state/me.svelte";
import type { Writing } from "../../state/windows.svelte";

const WIDTH: Status["visibility"][] = ["direct", "private", "unlisted", "public"];

/** The draft to write in. Throws Failure when a post that is to be changed cannot be read. */
export async function begin(writing: Writing): Promise<Draft> {
  const known = drafts.all.find((one) => one.id === (writing.draft ?? name(writing)));
  if (known !== undefined && writing.text === undefined) return structuredClone(known);
  const fresh = empty(writing);
  if (writing.edit !== undefined) return changing(fresh, writing.edit);
  if (writing.reply !== undefined) return answering(fresh, writing.reply);
  return fresh;
}

/** A draft is found again by what it answers or changes. */
function name(writing: Writing): string {
  if (writing.edit !== undefined) return `edit ${writing.edit.id}`;
  if (writing.reply !== undefined) return `reply ${writing.reply.id}`;
  return writing.quote !== undefined ? `quote ${writing.quote.id}` : "new";
}

function empty(writing: Writing): Draft {
  const { source } = me.account;
  return {
    id: name(writing),
    parts: [emptyPart(writing.text ?? "")],
    warned: false,
    warning: "",
    sensitive: source.sensitive,
    visibility: writing.visibility ?? (source.privacy as Status["visibility"]),
    quotable: source.quote_policy,
    language: source.language,
    at: null,
    reply: null,
    quote: writing.quote?.id ?? null,
    edit: null,
    changed: Date.now(),
  };
}

function answering(draft: Draft, to: Status): Draft {
  const named = [to.account.acct, ...to.mentions.map((one) => one.acct)].filter((acct) => acct !== me.account.acct);
  const text = [...new Set(named)].map((acct) => `@${acct} `).join("");
  const narrower = Math.min(WIDTH.indexOf(draft.visibility), WIDTH.indexOf(to.visibility));
  return {
    ...draft,
    parts: [emptyPart(text)],
    warned: to.spoiler_text !== "",
    warning: to.spoiler_text,
    visibility: WIDTH[narrower] ?? draft.visibility,
    language: to.language ?? draft.language,
    reply: { id: to.id, acct: to.account.acct },
  };
}

async function changing(draft: Draft, status: Status): Promise<Draft> {
  const source = await told(calls.GET("/api/v1/statuses/{id}/source", { params: { path: { id: status.id } } }));
  const poll =
    status.poll === null ? null : { options: status.poll.options.map((one) => one.title), multiple: status.poll.multiple, lasts: 86_400 };
  return {
    ...draft,
    parts: [{ ...emptyPart(source.text, status.media_attachments), poll }],
    warned: source.spoiler_text !== "",
    warning: source.spoiler_text,
    sensitive: status.sensitive,
    visibility: status.visibility,
    language: status.language,
    edit: status.id,
    quote: status.quote !== null && "quoted_status" in status.quote ? (status.quote.quoted_status?.id ?? null) : null,
  };
}
