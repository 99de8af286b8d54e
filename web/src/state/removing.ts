// Taking a post back.
import { calls } from "../client/calls";
import { sentence, told } from "../client/failure";
import type { Status } from "../client";
import { t } from "../strings";
import { forget } from "./posts.svelte";
import { say } from "./toasts.svelte";
import { write } from "./windows.svelte";

/** Delete a post. `redraft`: write it again, with what stood in it. */
export async function remove(status: Status, redraft: boolean): Promise<void> {
  try {
    const params = { path: { id: status.id } };
    const source = await told(calls.DELETE("/api/v1/statuses/{id}", { params }));
    forget(status.id);
    if (redraft) write({ text: source.text ?? "", visibility: status.visibility });
    else say(t("post.deleted"));
  } catch (error) {
    say(sentence(error));
  }
}
