// Where timelines come from.
import { calls } from "../../client/calls";
import { answered } from "../../client/failure";
import type { Source } from "../../state/timeline.svelte";

export const home: Source = {
  name: "home",
  stream: "user",
  load: (query) => answered(calls.GET("/api/v1/timelines/home", { params: { query } })),
};

const FROM = {
  all: { stream: "public", asked: {} },
  local: { stream: "public:local", asked: { local: true } },
  remote: { stream: "public:remote", asked: { remote: true } },
} as const;
export type From = keyof typeof FROM;

export const everybody = (from: From): Source => ({
  name: `public ${from}`,
  stream: FROM[from].stream,
  load: (query) => answered(calls.GET("/api/v1/timelines/public", { params: { query: { ...query, ...FROM[from].asked } } })),
});

export const hashtag = (tag: string): Source => ({
  name: `tag ${tag}`,
  stream: `hashtag:${tag}`,
  load: (query) => answered(calls.GET("/api/v1/timelines/tag/{hashtag}", { params: { path: { hashtag: tag }, query } })),
});

export const list = (id: string): Source => ({
  name: `list ${id}`,
  stream: `list:${id}`,
  load: (query) => answered(calls.GET("/api/v1/timelines/list/{list_id}", { params: { path: { list_id: id }, query } })),
});

export const link = (url: string): Source => ({
  name: `link ${url}`,
  load: (query) => answered(calls.GET("/api/v1/timelines/link", { params: { query: { ...query, url } } })),
});

export const bookmarks: Source = {
  name: "bookmarks",
  byLink: true,
  load: (query) => answered(calls.GET("/api/v1/bookmarks", { params: { query } })),
};

export const favourites: Source = {
  name: "favourites",
  byLink: true,
  load: (query) => answered(calls.GET("/api/v1/favourites", { params: { query } })),
};

export interface Written {
  replies: boolean;
  boosts: boolean;
  media: boolean;
}

export const by = (id: string, wanted: Written): Source => ({
  name: `by ${id} ${JSON.stringify(wanted)}`,
  load: (query) =>
    answered(
      calls.GET("/api/v1/accounts/{id}/statuses", {
        params: {
          path: { id },
          query: { ...query, exclude_replies: !wanted.replies, exclude_reblogs: !wanted.boosts, only_media: wanted.media },
        },
      }),
    ),
});

export const quotesOf = (id: string): Source => ({
  name: `quotes ${id}`,
  byLink: true,
  load: (query) => answered(calls.GET("/api/v1/statuses/{id}/quotes", { params: { path: { id }, query } })),
});
