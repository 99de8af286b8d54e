// The API of the server, typed: every path, parameter and answer comes from its own description.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema";

export type Entities = components["schemas"];
export type Account = Entities["Account"];
export type Attachment = Entities["MediaAttachment"];
export type Status = Entities["Status"];
export type Api = Client<paths>;

/** Calls of one server, with a token where one is given. */
export function api(server: string, token?: string): Api {
  return createClient<paths>({
    baseUrl: server,
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
}
