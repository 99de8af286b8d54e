import { describe, expect, it, vi } from "vitest";
import type { Status } from "../src/client";
import { byPeople, byThreads } from "../src/features/catchup/grouping";
import { choices, wordAt } from "../src/features/compose/completing";
import { tree } from "../src/features/thread/tree";
import { match } from "../src/routing/routes";
import { discard, drafts, emptyPart, save, type Draft } from "../src/state/drafts.svelte";
import { keep, post } from "../src/state/posts.svelte";
import { type Query, Timeline } from "../src/state/timeline.svelte";

vi.mock("../src/client/stream", () => ({ line: { hear: () => () => undefined } }));

vi.mock("../src/state/site", () => ({
  customEmojis: () => Promise.resolve(["wild_cat", "cat", "dog"].map((shortcode) => ({ shortcode, static_url: "x" }))),
}));

const status = (id: number, values: Partial<Status> = {}): Status =>
  ({ id: String(id), reblog: null, in_reply_to_id: null, account: { id: "1", acct: "ann" }, ...values }) as Status;
const response = new Response();

/** A server with posts 1 to `count`, the newest first. */
function served(count: number, asked: Query[] = []) {
  return (query: Query) => {
    asked.push(query);
    const ids = Array.from({ length: count }, (_, index) => count - index);
    const wanted = ids.filter((id) => id < Number(query.max_id ?? Infinity) && id > Number(query.since_id ?? 0));
    return Promise.resolve({ data: wanted.slice(0, query.limit).map((id) => status(id)), response });
  };
}

describe("a timeline", () => {
  it("reads on below until nothing is left", async () => {
    const made = new Timeline({ name: "a", load: served(45) });
    for (let turn = 0; turn < 4; turn += 1) await made.older();
    expect(made.entries.map((entry) => entry.id)).toEqual(Array.from({ length: 45 }, (_, index) => String(45 - index)));
    expect(made.state).toBe("end");
  });

  it("shows what it has when the server fails, and says so", async () => {
    let fails = false;
    const load = served(30);
    const made = new Timeline({ name: "b", load: (query) => (fails ? Promise.reject(new Error("x")) : load(query)) });
    await made.older();
    fails = true;
    await made.older();
    expect(made.entries).toHaveLength(20);
    expect(made.wrong).toBe("Something unexpected went wrong.");
    fails = false;
    await made.older();
    expect([made.entries.length, made.wrong]).toEqual([30, null]);
  });

  it("lets what came meanwhile wait, and leaves a gap where more came than fits", async () => {
    let count = 5;
    const made = new Timeline({ name: "c", load: (query) => served(count)(query) });
    await made.older();
    count = 8;
    made.enter();
    await vi.waitFor(() => expect(made.waiting).toEqual(["8", "7", "6"]));
    made.show();
    expect(made.entries.slice(0, 4).map((entry) => entry.id)).toEqual(["8", "7", "6", "5"]);
    made.leave();
    count = 60;
    made.enter();
    await vi.waitFor(() => expect(made.waiting).toHaveLength(20));
    made.show();
    const gap = made.entries.find((entry) => entry.gap !== undefined);
    expect(gap?.gap).toEqual({ newer: "41", older: "8" });
    if (gap !== undefined) await made.fill(gap);
    expect(made.entries.filter((entry) => entry.gap !== undefined).map((entry) => entry.gap)).toEqual([{ newer: "21", older: "8" }]);
    const rest = made.entries.find((entry) => entry.gap !== undefined);
    if (rest !== undefined) await made.fill(rest);
    expect(made.entries.map((entry) => entry.id)).toEqual(Array.from({ length: 60 }, (_, index) => String(60 - index)));
  });

  it("shows one's own post at once, and once", () => {
    const made = new Timeline({ name: "d", load: served(0) });
    made.add(status(9));
    made.add(status(9));
    expect(made.entries).toEqual([{ id: "9" }]);
  });

  it("shows one's own post at once even when the stream was quicker", () => {
    const made = new Timeline({ name: "e", load: served(0) });
    made.waiting = ["11", "10"];
    made.add(status(10));
    expect([made.entries, made.waiting]).toEqual([[{ id: "10" }], ["11"]]);
  });
});

describe("posts", () => {
  it("are kept once, with what they boost", () => {
    keep([status(50, { reblog: status(49) })]);
    expect(post("49")?.id).toBe("49");
  });
});

describe("a thread", () => {
  it("is a tree; what answers something unknown stands below the post", () => {
    const found = tree("1", [status(2, { in_reply_to_id: "1" }), status(3, { in_reply_to_id: "2" }), status(4, { in_reply_to_id: "77" })]);
    expect(found).toEqual([{ id: "2", answers: [{ id: "3", answers: [] }] }, { id: "4", answers: [] }]);
  });
});

describe("catching up", () => {
  const bob = { id: "2", acct: "bob" } as Status["account"];
  it("counts by people and keeps threads together", () => {
    const posts = [status(5, { in_reply_to_id: "3" }), status(4, { account: bob }), status(3)];
    expect(byPeople(posts).map((one) => [one.account.acct, one.count])).toEqual([["ann", 2], ["bob", 1]]);
    expect(byThreads(posts)).toEqual([{ root: "3", others: ["5"] }, { root: "4", others: [] }]);
  });

  it("bears posts that answer each other in a circle", () => {
    expect(byThreads([status(1, { in_reply_to_id: "2" }), status(2, { in_reply_to_id: "1" })])).toHaveLength(2);
  });
});

describe("completion", () => {
  it.each([
    ["hello @bo", { sign: "@", text: "bo", from: 6, to: 9 }],
    ["(#tea", { sign: "#", text: "tea", from: 1, to: 5 }],
    ["a@b", null],
    ["mail ann@far.example", null],
    [":)", null],
    ["@bob@far.ex", { sign: "@", text: "bob@far.ex", from: 0, to: 11 }],
  ])("finds the word in %s", (text, expected) => {
    expect(wordAt(text, text.length)).toEqual(expected);
  });

  it("offers the emoji that begin so first", async () => {
    const found = await choices({ sign: ":", text: "cat", from: 0, to: 4 }, new AbortController().signal);
    expect(found.map((one) => one.label)).toEqual([":cat:", ":wild_cat:"]);
  });
});

describe("drafts", () => {
  const draft: Draft = {
    id: "new", parts: [emptyPart("half")], warned: false, warning: "", sensitive: false, visibility: "public", quotable: "public",
    language: "en", at: null, reply: null, quote: null, edit: null, changed: 0,
  };
  it("stay until they are discarded or empty", () => {
    save(draft);
    expect(drafts.all.map((one) => one.parts[0]?.text)).toEqual(["half"]);
    save({ ...draft, parts: [emptyPart("more")] });
    expect(drafts.all.map((one) => one.parts[0]?.text)).toEqual(["more"]);
    save({ ...draft, parts: [emptyPart("  ")] });
    expect(drafts.all).toEqual([]);
    save(draft);
    discard("new");
    expect(drafts.all).toEqual([]);
  });
});

describe("addresses", () => {
  it.each([
    ["/@bob@far.example", "/@:acct", { acct: "bob@far.example" }],
    ["/@bob/123", "/@:acct/:part", { acct: "bob", part: "123" }],
    ["/tags/t%C3%A9", "/tags/:tag", { tag: "té" }],
    ["/home/", "/home", {}],
  ])("of %s", (path, name, values) => {
    expect(match(path)).toMatchObject({ name, values });
  });

  it.each(["/settings/apps", "/about", "/sign-out", "/@", "/tags/%E0%A4%A"])("leaves %s to the server", (path) => {
    expect(match(path)).toBeNull();
  });
});
