// What a person does not want to see at once.
import type { Status } from "../../client";

/** The name of the filter that covers a post; null when none does. */
export function veiled(status: Status): string | null {
  const found = (status.reblog ?? status).filtered?.find((one) => one.filter.filter_action === "warn");
  return found?.filter.title ?? null;
}

/** Whether a post is not to be shown at all. */
export function hidden(status: Status): boolean {
  return (status.reblog ?? status).filtered?.some((one) => one.filter.filter_action === "hide") ?? false;
}
