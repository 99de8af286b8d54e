// Changing who one is and how one writes.
import { start } from "../../start";
import type { Entities } from "../../client";
import { Failure, told } from "../../client/failure";
import { become } from "../../state/me.svelte";
import { t } from "../../strings";

/** Send changes of the profile, files among them. Throws Failure. */
export async function changeMe(form: FormData): Promise<void> {
  const headers = { Authorization: `Bearer ${start.token}` };
  const call = fetch("/api/v1/accounts/update_credentials", { method: "PATCH", headers, body: form }).then(async (response) => {
    const said: unknown = await response.json().catch(() => null);
    if (said === null) throw new Failure(response.status, t("failure.server"));
    return response.ok ? { data: said as Entities["CredentialAccount"], response } : { error: said, response };
  });
  become(await told(call));
}
