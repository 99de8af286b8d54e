// How much one was told and has not seen.
import { calls } from "../client/calls";
import { told } from "../client/failure";
import { line } from "../client/stream";

let count = $state(0);
let answers = 0;

export const unread = {
  get count(): number {
    return count;
  },
};

async function ask(): Promise<void> {
  const mine = ++answers;
  const said = await told(calls.GET("/api/v2/notifications/unread_count", {}));
  if (mine === answers) count = said.count;
}

/** All was seen. */
export function seen(): void {
  answers += 1;
  count = 0;
}

/** Listen from now on. Gives how to stop. */
export function attend(): () => void {
  // A number that is not there is asked for again when the line comes back; no reader needs to be told.
  const quietly = (): void => void ask().catch(() => undefined);
  quietly();
  return line.hear("user:notification", (happened) => happened.event === "notification" && (count += 1), quietly);
}
