// masto's WebSocket: several streams over one connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createRestAPIClient, createStreamingAPIClient } from "masto";

const { URL: url, MARA, MILO } = process.env;
const mara = createRestAPIClient({ url, accessToken: MARA });
const milo = createRestAPIClient({ url, accessToken: MILO });
const { configuration } = await mara.v2.instance.fetch();
const maraIs = await mara.v1.accounts.verifyCredentials();
await milo.v1.accounts.$select(maraIs.id).follow();


test("posts, edits, deletions and notifications are heard as they happen", async (context) => {
  const streaming = createStreamingAPIClient({ streamingApiUrl: configuration.urls.streaming, accessToken: MILO });
  context.after(() => streaming.close());
  const home = streaming.user.subscribe();
  const tagged = streaming.hashtag.subscribe({ tag: "damson" });
  const heard = { home: [], tagged: [] };
  void (async () => { for await (const event of home) heard.home.push(event); })();
  void (async () => { for await (const event of tagged) heard.tagged.push(event); })();
  await new Promise((done) => setTimeout(done, 3000));

  const post = await mara.v1.statuses.create({ status: "#damson gin" });
  await mara.v1.statuses.$select(post.id).update({ status: "#damson cheese" });
  await mara.v1.statuses.create({ status: `@${(await milo.v1.accounts.verifyCredentials()).acct} hello` });
  for (let tries = 0; tries < 100 && heard.home.length < 4; tries++) await new Promise((done) => setTimeout(done, 100));
  await mara.v1.statuses.$select(post.id).remove();
  for (let tries = 0; tries < 100 && !heard.home.some((one) => one.event === "delete"); tries++) {
    await new Promise((done) => setTimeout(done, 100));
  }
  const events = heard.home.map((one) => one.event);
  for (const event of ["update", "status.update", "notification", "delete"]) assert.ok(events.includes(event), `${event} in ${events}`);
  assert.equal(heard.home.find((one) => one.event === "delete").payload, post.id);
  assert.ok(heard.tagged.some((one) => one.event === "update" && one.payload.id === post.id));
});
