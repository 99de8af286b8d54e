// How far one has read, for one's other devices too.
import { start } from "../start";
import type { Timeline } from "./timeline.svelte";

let told = "0";

/** Tell the server of the newest post in a timeline. It is sent even when the page is being left. */
export function remember(timeline: Timeline): void {
  const newest = timeline.entries.find((entry) => entry.gap === undefined)?.id;
  if (newest === undefined || BigInt(newest) <= BigInt(told)) return;
  told = newest;
  const headers = { Authorization: `Bearer ${start.token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ home: { last_read_id: newest } });
  // A marker that does not arrive is sent again with the next; it is not worth a word to the reader.
  void fetch("/api/v1/markers", { method: "POST", headers, body, keepalive: true }).catch(() => (told = "0"));
}
