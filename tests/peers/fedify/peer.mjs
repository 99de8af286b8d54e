// A server on Fedify, for walks of another server with it: people who follow, write, share and like, on loopback.
// Everything is in memory. POST /-/VERB with {who, …} lets somebody do something; GET /-/heard?who=NAME gives the
// activities that their inboxes took, as Fedify understood them. PORT says where it listens.
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { createFederation, generateCryptoKeyPair, MemoryKvStore } from "@fedify/fedify";
import {
  Accept, Activity, Announce, Block, Create, Delete, EmojiReact, Endpoints, Flag, Follow, Like, Mention,
  Note, Person, PUBLIC_COLLECTION, Question, Collection, Reject, Tombstone, Undo, Update,
} from "@fedify/vocab";
import { Temporal } from "@js-temporal/polyfill";

const PORT = Number(process.env.PORT);
const people = new Map();
const posts = new Map();
const now = () => Temporal.Now.instant();

const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true });

federation
  .setActorDispatcher("/users/{identifier}", async (ctx, who) => {
    const person = people.get(who);
    if (person === undefined) return null;
    const keys = await ctx.getActorKeyPairs(who);
    return new Person({
      id: ctx.getActorUri(who),
      preferredUsername: who,
      name: person.name,
      summary: person.summary,
      manuallyApprovesFollowers: person.locked,
      url: ctx.getActorUri(who),
      inbox: ctx.getInboxUri(who),
      outbox: ctx.getOutboxUri(who),
      followers: ctx.getFollowersUri(who),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: keys[0].cryptographicKey,
      assertionMethods: keys.map((pair) => pair.multikey),
    });
  })
  .setKeyPairsDispatcher((_, who) => people.get(who)?.keys ?? []);

federation.setFollowersDispatcher("/users/{identifier}/followers", (_, who) => ({
  items: [...people.get(who).followers.values()],
}));

federation.setOutboxDispatcher("/users/{identifier}/outbox", (_, who) => ({
  items: [...posts.values()].filter((post) => post.who === who && post.isPublic).map(created),
}));

federation.setObjectDispatcher(Note, "/users/{identifier}/posts/{number}", (ctx, { identifier, number }) => {
  const post = posts.get(ctx.getObjectUri(Note, { identifier, number }).href);
  return post?.isPublic ? post.note : null;
});

federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .setSharedKeyDispatcher(() => ({ identifier: [...people.keys()][0] }))
  .on(Follow, async (ctx, follow) => {
    const target = ctx.parseUri(follow.objectId);
    const person = people.get(target?.identifier);
    if (person === undefined) return;
    await heard(follow);
    const actor = await follow.getActor(ctx);
    person.asked.set(actor.id.href, { follow, actor });
    if (!person.locked) await answer(ctx, target.identifier, actor.id.href, Accept);
  })
  .on(Create, async (ctx, create) => {
    await heard(create);
    const note = await create.getObject(ctx);
    const answered = posts.get(note?.replyTargetId?.href);
    const forwarder = { identifier: answered?.who };
    if (answered?.isPublic) await ctx.forwardActivity(forwarder, "followers", { skipIfUnsigned: true });
  })
  .on(Activity, async (_, activity) => await heard(activity));

const everything = [];

async function heard(activity) {
  everything.push(await activity.toJsonLd({ format: "compact" }));
}

async function answer(ctx, who, whom, Kind) {
  const person = people.get(who);
  const { follow, actor } = person.asked.get(whom);
  if (Kind === Accept) person.followers.set(whom, actor);
  else person.followers.delete(whom);
  await send(ctx, who, actor, new Kind({ id: fresh(ctx, who), actor: ctx.getActorUri(who), object: follow }));
}

let made = 0;

function fresh(ctx, who) {
  made += 1;
  return new URL(`#activities/${made}`, ctx.getActorUri(who));
}

async function send(ctx, who, recipients, activity, shared = false) {
  await ctx.sendActivity({ identifier: who }, recipients, activity, { preferSharedInbox: shared });
}

async function fetched(ctx, who, uri) {
  const documentLoader = await ctx.getDocumentLoader({ identifier: who });
  return await ctx.lookupObject(new URL(uri), { documentLoader });
}

function created(post) {
  return new Create({
    id: new URL("#create", post.note.id),
    actor: post.note.attributionId,
    tos: post.note.toIds,
    ccs: post.note.ccIds,
    object: post.note,
  });
}

async function spread(ctx, who, post, activity) {
  if (post.toFollowers) await send(ctx, who, "followers", activity, true);
  for (const person of post.named) await send(ctx, who, person, activity);
}

// What somebody may be told to do. Each gives what a caller may want to know of it: the id of what it made.
const verbs = {
  async join(_, { who, locked = false }) {
    const keys = await Promise.all(
      ["RSASSA-PKCS1-v1_5", "Ed25519"].map(async (kind) => await generateCryptoKeyPair(kind)),
    );
    people.set(who, {
      name: who, summary: "", locked, keys, followers: new Map(), asked: new Map(), did: new Map(),
    });
  },
  async look(ctx, { who, uri }) {
    const found = await fetched(ctx, who, uri);
    return found === null ? null : await found.toJsonLd({ format: "compact" });
  },
  async follow(ctx, { who, whom }) {
    const actor = await fetched(ctx, who, whom);
    const follow = new Follow({ id: fresh(ctx, who), actor: ctx.getActorUri(who), object: actor.id, to: actor.id });
    people.get(who).did.set(`follow ${whom}`, follow);
    await send(ctx, who, actor, follow);
    return follow.id.href;
  },
  async accept(ctx, { who, whom }) {
    await answer(ctx, who, whom, Accept);
  },
  async reject(ctx, { who, whom }) {
    await answer(ctx, who, whom, Reject);
  },
  async write(ctx, { who, content, visibility = "public", answers, names = [], options }) {
    made += 1;
    const id = ctx.getObjectUri(Note, { identifier: who, number: `${made}` });
    const followers = ctx.getFollowersUri(who);
    const answered = answers === undefined ? null : await fetched(ctx, who, answers);
    const named = [];
    for (const uri of names) named.push(await fetched(ctx, who, uri));
    const addressed = named.map((person) => person.id);
    const [tos, ccs] = {
      public: [[PUBLIC_COLLECTION], [followers, ...addressed]],
      unlisted: [[followers], [PUBLIC_COLLECTION, ...addressed]],
      private: [[followers], addressed],
      direct: [addressed, []],
    }[visibility];
    const values = {
      id, content, tos, ccs,
      attribution: ctx.getActorUri(who),
      published: now(),
      replyTarget: answered?.id,
      tags: named.map((person) => new Mention({ href: person.id, name: `@${person.preferredUsername}` })),
    };
    const note = options === undefined ? new Note(values) : new Question({
      ...values,
      exclusiveOptions: options.map((name) => new Note({ name, replies: new Collection({ totalItems: 0 }) })),
      endTime: now().add({ hours: 1 }),
    });
    const post = {
      who, note, named,
      isPublic: ["public", "unlisted"].includes(visibility),
      toFollowers: visibility !== "direct",
    };
    posts.set(id.href, post);
    await spread(ctx, who, post, created(post));
    return id.href;
  },
  async edit(ctx, { who, post: uri, content }) {
    const post = posts.get(uri);
    post.note = post.note.clone({ content, updated: now() });
    const { toIds: tos, ccIds: ccs } = post.note;
    const actor = ctx.getActorUri(who);
    await spread(ctx, who, post, new Update({ id: fresh(ctx, who), actor, tos, ccs, object: post.note }));
  },
  async remove(ctx, { who, post: uri }) {
    const post = posts.get(uri);
    posts.delete(uri);
    const { toIds: tos, ccIds: ccs } = post.note;
    const object = new Tombstone({ id: post.note.id });
    await spread(ctx, who, post, new Delete({ id: fresh(ctx, who), actor: ctx.getActorUri(who), tos, ccs, object }));
  },
  async like(ctx, { who, post }) {
    await toAuthor(ctx, who, post, (values) => new Like(values));
  },
  async react(ctx, { who, post, with: content }) {
    await toAuthor(ctx, who, post, (values) => new EmojiReact({ ...values, content }));
  },
  async boost(ctx, { who, post }) {
    const object = await fetched(ctx, who, post);
    const author = await fetched(ctx, who, object.attributionId.href);
    const announce = new Announce({
      id: fresh(ctx, who), actor: ctx.getActorUri(who), object: object.id, published: now(),
      to: PUBLIC_COLLECTION, ccs: [ctx.getFollowersUri(who), author.id],
    });
    people.get(who).did.set(`Announce ${post}`, announce);
    await send(ctx, who, "followers", announce, true);
    await send(ctx, who, author, announce);
    return announce.id.href;
  },
  async undo(ctx, { who, what, post }) {
    const did = people.get(who).did.get(`${what} ${post}`);
    const uri = did.objectId.href;
    const object = await fetched(ctx, who, uri);
    const whom = object.inboxId === undefined ? await fetched(ctx, who, object.attributionId.href) : object;
    await send(ctx, who, whom, new Undo({
      id: fresh(ctx, who), actor: ctx.getActorUri(who), object: did, tos: did.toIds, ccs: did.ccIds,
    }));
  },
  async block(ctx, { who, whom }) {
    const actor = await fetched(ctx, who, whom);
    await send(ctx, who, actor, new Block({ id: fresh(ctx, who), actor: ctx.getActorUri(who), object: actor.id }));
  },
  async report(ctx, { who, whom, post, content }) {
    const actor = await fetched(ctx, who, whom);
    await send(ctx, who, actor, new Flag({
      id: fresh(ctx, who), actor: ctx.getActorUri(who), content, objects: [actor.id, new URL(post)],
    }));
  },
  async profile(ctx, { who, name, summary }) {
    Object.assign(people.get(who), { name, summary });
    const object = await ctx.getActor(who);
    await send(ctx, who, "followers", new Update({
      id: fresh(ctx, who), actor: ctx.getActorUri(who), object, to: PUBLIC_COLLECTION,
    }), true);
  },
};

async function toAuthor(ctx, who, post, make) {
  const object = await fetched(ctx, who, post);
  const author = await fetched(ctx, who, object.attributionId.href);
  const activity = make({ id: fresh(ctx, who), actor: ctx.getActorUri(who), object: object.id, to: author.id });
  people.get(who).did.set(`${activity.constructor.name} ${post}`, activity);
  await send(ctx, who, author, activity);
}

createServer(async (asked, given) => {
  const url = new URL(asked.url, `http://localhost:${PORT}`);
  const body = ["GET", "HEAD"].includes(asked.method) ? undefined : await buffer(asked);
  const request = new Request(url, { method: asked.method, headers: asked.headers, body });
  let response;
  try {
    response = url.pathname.startsWith("/-/") ? await told(url, request) : await federation.fetch(request, {
      contextData: undefined,
    });
  } catch (error) {
    response = new Response(`${error.stack}`, { status: 500 });
  }
  given.writeHead(response.status, Object.fromEntries(response.headers));
  given.end(Buffer.from(await response.arrayBuffer()));
}).listen(PORT, "localhost");

async function told(url, request) {
  const verb = url.pathname.slice(3);
  if (verb === "heard") return Response.json(everything);
  const ctx = federation.createContext(new Request(url), undefined);
  return Response.json((await verbs[verb](ctx, await request.json())) ?? null);
}
