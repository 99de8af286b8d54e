// What a word that is being written could become: a person, a hashtag, an emoji.
import { calls } from "../../client/calls";
import { told } from "../../client/failure";
import { customEmojis } from "../../state/site";

export interface Choice {
  /** What is put in the place of the word. */
  text: string;
  label: string;
  detail: string;
  picture: string | null;
}

export interface Word {
  sign: "@" | "#" | ":";
  text: string;
  from: number;
  to: number;
}

const MOST = 6;
const UNFINISHED = /(?:^|[\s(])([@#:])([\p{L}\p{N}\p{M}_@.-]*)$/u;

/** The unfinished word before the cursor; null when none that could be completed. */
export function wordAt(text: string, cursor: number): Word | null {
  const found = UNFINISHED.exec(text.slice(0, cursor));
  const [, sign, word = ""] = found ?? [];
  if (sign === undefined || word.length < (sign === ":" ? 2 : 1)) return null;
  return { sign: sign as Word["sign"], text: word, from: cursor - word.length - 1, to: cursor };
}

/** What it could become, the best first. */
export async function choices({ sign, text }: Word, signal: AbortSignal): Promise<Choice[]> {
  if (sign === ":") return emojis(text);
  if (sign === "#") return tags(text, signal);
  const query = { q: text, limit: MOST, resolve: text.includes("@") };
  const people = await told(calls.GET("/api/v1/accounts/search", { params: { query }, signal }));
  return people.map((one) => ({
    text: `@${one.acct} `,
    label: one.display_name || one.username,
    detail: `@${one.acct}`,
    picture: one.avatar_static,
  }));
}

async function tags(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { q: text, type: "hashtags" as const, limit: MOST };
  const found = await told(calls.GET("/api/v2/search", { params: { query }, signal }));
  return found.hashtags.map((one) => ({ text: `#${one.name} `, label: `#${one.name}`, detail: "", picture: null }));
}

async function emojis(text: string): Promise<Choice[]> {
  const wanted = text.toLowerCase();
  const known = (await customEmojis()).filter((one) => one.shortcode.toLowerCase().includes(wanted));
  known.sort((a, b) => Number(b.shortcode.toLowerCase().startsWith(wanted)) - Number(a.shortcode.toLowerCase().startsWith(wanted)));
  return known.slice(0, MOST).map((one) => ({ text: `:${one.shortcode}: `, label: `:${one.shortcode}:`, detail: "", picture: one.static_url }));
}
