// Who is signed in, as the server last said.
import type { Entities } from "../client";
import { start } from "../start";

let account = $state.raw<Entities["CredentialAccount"]>(start.me);

export const me = {
  get account(): Entities["CredentialAccount"] {
    return account;
  },
};

/** The server said anew who one is. */
export function become(said: Entities["CredentialAccount"]): void {
  account = said;
}
