// Calls that must type-check, and mistakes that must not.
import { api, type Entities } from "../src/client";

const server = api("https://marula.example", "token");

export async function home(): Promise<string[]> {
  const { data } = await server.GET("/api/v1/timelines/home", { params: { query: { limit: 20 } } });
  return (data ?? []).map((status: Entities["Status"]) => status.account.acct);
}

export async function publish(text: string): Promise<string | undefined> {
  const { data, error } = await server.POST("/api/v1/statuses", {
    body: { status: text, visibility: "private" },
  });
  if (error !== undefined) throw new Error(error.error);
  return data.id;
}

// @ts-expect-error there is no such path
await server.GET("/api/v1/nothing");

// @ts-expect-error there is no such visibility
await server.POST("/api/v1/statuses", { body: { status: "", visibility: "secret" } });
