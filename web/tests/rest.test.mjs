// masto's REST calls between two people of one server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRestAPIClient, MastoHttpError } from "masto";

const { URL: url, MARA, MILO } = process.env;
const mara = createRestAPIClient({ url, accessToken: MARA });
const milo = createRestAPIClient({ url, accessToken: MILO });
const anybody = createRestAPIClient({ url });
const [maraIs, miloIs] = await Promise.all([mara, milo].map((one) => one.v1.accounts.verifyCredentials()));
await milo.v1.accounts.$select(maraIs.id).follow();

/** Asks until the answer satisfies; feeds and notifications follow a moment after the post. */
async function until(ask, satisfies) {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await ask();
    if (satisfies(answer)) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("it did not come");
}

const first = async (pages) => (await pages.next()).value ?? [];

test("the instance presents itself", async () => {
  const [one, two] = [await anybody.v1.instance.fetch(), await anybody.v2.instance.fetch()];
  assert.equal(one.uri, two.domain);
  assert.match(two.configuration.urls.streaming, /^ws/);
});

test("a post arrives at home, and paging finds every one once", async () => {
  const written = [];
  for (let count = 0; count < 5; count++) {
    written.unshift((await mara.v1.statuses.create({ status: `post ${count}`, visibility: "unlisted" })).id);
  }
  await until(
    () => first(milo.v1.timelines.home.list({ limit: 1 }).values()),
    (page) => page[0]?.id === written[0],
  );
  const seen = [];
  for await (const page of milo.v1.timelines.home.list({ limit: 2 })) {
    assert.ok(page.length <= 2);
    seen.push(...page.map((status) => status.id));
    if (seen.length >= written.length) break;
  }
  assert.deepEqual(seen.slice(0, 5), written);
});

test("an answer is told, in its thread, and counted", async () => {
  const post = await mara.v1.statuses.create({ status: "who bakes?" });
  const answer = await milo.v1.statuses.create({ status: `@${maraIs.acct} I do`, inReplyToId: post.id });
  const { descendants } = await mara.v1.statuses.$select(post.id).context.fetch();
  assert.deepEqual(descendants.map((one) => one.id), [answer.id]);
  const told = await until(
    () => first(mara.v1.notifications.list({ types: ["mention"] }).values()),
    (page) => page.length > 0,
  );
  assert.equal(told[0].account.id, miloIs.id);
  assert.equal(told[0].status.id, answer.id);
  assert.equal((await mara.v1.statuses.$select(post.id).fetch()).repliesCount, 1);
});

test("what is done to a post can be undone", async () => {
  const { id } = await mara.v1.statuses.create({ status: "a good one" });
  const post = milo.v1.statuses.$select(id);
  assert.equal((await post.favourite()).favourited, true);
  assert.equal((await post.bookmark()).bookmarked, true);
  assert.equal((await post.reblog()).reblog.id, id);
  assert.equal((await first(milo.v1.bookmarks.list().values()))[0].id, id);
  assert.equal((await first(milo.v1.favourites.list().values()))[0].id, id);
  assert.deepEqual((await first(mara.v1.statuses.$select(id).rebloggedBy.list().values())).map((one) => one.id), [miloIs.id]);
  assert.equal((await post.unreblog()).reblogged, false);
  assert.equal((await post.unbookmark()).bookmarked, false);
  assert.equal((await post.unfavourite()).favourited, false);
});

test("a poll is asked, answered and counted", async () => {
  const post = await mara.v1.statuses.create({
    status: "tea?",
    poll: { options: ["yes", "no"], expiresIn: 600, multiple: false },
  });
  const poll = await milo.v1.polls.$select(post.poll.id).votes.create({ choices: [1] });
  assert.deepEqual([poll.voted, poll.ownVotes, poll.votesCount], [true, [1], 1]);
});

test("an edit keeps its history, and a deleted post comes back as text", async () => {
  const { id } = await mara.v1.statuses.create({ status: "draft", spoilerText: "tulips" });
  const post = mara.v1.statuses.$select(id);
  assert.match((await post.update({ status: "final" })).content, /final/);
  assert.equal((await post.history.list()).length, 2);
  assert.equal((await post.source.fetch()).text, "final");
  assert.equal((await post.remove()).text, "final");
  await assert.rejects(post.fetch(), (error) => error instanceof MastoHttpError && error.statusCode === 404);
});

test("the profile is written and read", async () => {
  const written = await mara.v1.accounts.updateCredentials({
    displayName: "Mara",
    note: "I bake",
    fieldsAttributes: [{ name: "town", value: "Tulbagh" }],
  });
  assert.equal(written.displayName, "Mara");
  const seen = await anybody.v1.accounts.$select(maraIs.id).fetch();
  assert.deepEqual(seen.fields.map(({ name, value }) => [name, value]), [["town", "Tulbagh"]]);
  assert.equal((await milo.v1.accounts.lookup({ acct: maraIs.acct })).id, maraIs.id);
  assert.equal((await milo.v1.accounts.relationships.fetch({ id: [maraIs.id] }))[0].following, true);
  assert.deepEqual((await first(milo.v1.accounts.$select(maraIs.id).followers.list().values())).map((one) => one.id), [miloIs.id]);
});

test("markers, mutes and blocks", async () => {
  const marked = await milo.v1.markers.create({ home: { lastReadId: "1" } });
  assert.equal(marked.home.lastReadId, "1");
  assert.equal((await mara.v1.accounts.$select(miloIs.id).mute({ duration: 60 })).muting, true);
  assert.deepEqual((await first(mara.v1.mutes.list().values())).map((one) => one.id), [miloIs.id]);
  assert.equal((await mara.v1.accounts.$select(miloIs.id).unmute()).muting, false);
});

test("search finds people and hashtags", async () => {
  await mara.v1.statuses.create({ status: "#marmalade" });
  const found = await until(
    () => milo.v2.search.list({ q: "marmalade" }),
    (page) => page.hashtags.length > 0,
  );
  assert.equal(found.hashtags[0].name, "marmalade");
  const people = await milo.v2.search.list({ q: maraIs.acct, type: "accounts" });
  assert.ok(people.accounts.some((one) => one.id === maraIs.id));
});

test("errors speak", async () => {
  await assert.rejects(anybody.v1.timelines.home.list().values().next(), (error) => error.statusCode === 401);
  await assert.rejects(
    mara.v1.statuses.create({ status: "" }),
    (error) => error.statusCode === 422 && /^Validation failed/.test(error.message),
  );
});
