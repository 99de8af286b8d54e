// Sending what was written, one post after the other. What was sent once is not sent again.
import { calls } from "../../client/calls";
import { told } from "../../client/failure";
import type { Status } from "../../client";
import { type Draft, type Part, save } from "../../state/drafts.svelte";
import { change, keep } from "../../state/posts.svelte";
import { timeline } from "../../state/timeline.svelte";
import { home } from "../timeline/sources";

/** Send a draft. Gives the posts; none when it was laid aside for later. Throws Failure; what is left is kept. */
export async function send(draft: Draft): Promise<Status[]> {
  if (draft.edit !== null) return [await sendChange(draft, draft.edit)];
  const done: Status[] = [];
  let parent = draft.reply?.id ?? null;
  while (draft.parts.length > 0) {
    const [part] = draft.parts;
    if (part === undefined) break;
    const status = await sendPart(draft, part, parent);
    if (status === null) return [];
    done.push(status);
    keep([status]);
    timeline(home).add(status);
    parent = status.id;
    draft.parts = draft.parts.slice(1);
    draft.quote = null;
    if (draft.parts.length > 0) {
      draft.reply = { id: status.id, acct: status.account.acct };
      save(draft);
    }
  }
  return done;
}

async function sendPart(draft: Draft, part: Part, parent: string | null): Promise<Status | null> {
  const said = await told(
    calls.POST("/api/v1/statuses", {
      params: { header: { "Idempotency-Key": part.key } as never },
      body: {
        ...common(draft, part),
        visibility: draft.visibility,
        quote_approval_policy: draft.quotable,
        ...(parent === null ? {} : { in_reply_to_id: parent }),
        ...(draft.quote === null ? {} : { quoted_status_id: draft.quote }),
        ...(draft.at === null ? {} : { scheduled_at: new Date(draft.at).toISOString() }),
      },
    }),
  );
  return "uri" in said ? (said as Status) : null;
}

async function sendChange(draft: Draft, id: string): Promise<Status> {
  const [part] = draft.parts;
  if (part === undefined) throw new Error("a draft has a part");
  const described = part.media.map((one) => ({ id: one.id, description: one.description ?? "" }));
  const body = { ...common(draft, part), media_attributes: described };
  const status = await told(calls.PUT("/api/v1/statuses/{id}", { params: { path: { id } }, body }));
  change(id, status);
  keep([status]);
  return status;
}

function common(draft: Draft, part: Part) {
  return {
    status: part.text,
    media_ids: part.media.map((one) => one.id),
    sensitive: draft.sensitive || (draft.warned && draft.warning !== ""),
    spoiler_text: draft.warned ? draft.warning : "",
    ...(draft.language === null ? {} : { language: draft.language }),
    ...(part.poll === null
      ? {}
      : { poll: { options: part.poll.options.filter((one) => one.trim() !== ""), multiple: part.poll.multiple, expires_in: part.poll.lasts } }),
  };
}
