import { describe, expect, it } from "vitest";
import { length } from "../src/text/length";
import { ago, left } from "../src/text/moment";
import { prose, withEmoji } from "../src/text/prose";

const KNOWN = { emojis: [], mentions: [], tags: [] };
const drawn = (html: string, known: Parameters<typeof prose>[1] = KNOWN): string => {
  const into = document.createElement("div");
  into.append(prose(html, known));
  return into.innerHTML;
};

describe("prose", () => {
  it("keeps what posts are made of", () => {
    expect(drawn("<p>a <strong>b</strong><br>c</p>")).toBe("<p>a <strong>b</strong><br>c</p>");
  });

  it.each([
    ["<script>alert(1)</script>x", "x"],
    ["<img src=x onerror=alert(1)>", ""],
    ['<p onclick="alert(1)" style="position:fixed">a</p>', "<p>a</p>"],
    ['<a href="javascript:alert(1)">a</a>', "<a>a</a>"],
    ['<a href="data:text/html,x">a</a>', "<a>a</a>"],
    ['<form action="/x"><input name="a">b</form>', "b"],
    ["<iframe srcdoc='x'></iframe><svg><script>1</script></svg><math></math>", ""],
    ['<p class="invisible danger">a</p>', '<p class="invisible">a</p>'],
    ["<!--x--><template><b>y</b></template>", ""],
  ])("draws %s harmlessly", (html, expected) => {
    expect(drawn(html)).toBe(expected);
  });

  it("leads mentions and hashtags within the app, and all else out of it", () => {
    const mentions = [{ id: "2", username: "bob", acct: "bob@far.example", url: "https://far.example/@bob" }];
    const known = { emojis: [], mentions, tags: [{ name: "Tea", url: "https://far.example/tags/tea" }] };
    expect(drawn('<a href="https://far.example/@bob">@bob</a>', known)).toBe('<a href="/@bob@far.example">@bob</a>');
    expect(drawn('<a href="https://far.example/tags/tea">#tea</a>', known)).toBe('<a href="/tags/Tea">#tea</a>');
    expect(drawn('<a href="https://x.example/">x</a>')).toContain('rel="nofollow noopener noreferrer"');
  });

  it("bears a thousand levels", () => {
    expect(drawn("<b>".repeat(1_000) + "x" + "</b>".repeat(1_000)).length).toBeLessThan(1_000);
  });

  it("puts pictures where short codes stand, and only known ones", () => {
    const emojis = [{ shortcode: "cat", url: "https://x/cat.gif", static_url: "https://x/cat.png", visible_in_picker: true }];
    const into = document.createElement("p");
    into.append(withEmoji("a :cat: b :dog:", emojis));
    expect(into.querySelector("img")?.alt).toBe(":cat:");
    expect(into.textContent).toBe("a  b :dog:");
  });
});

describe("length", () => {
  it.each([
    ["", "abc", 3],
    ["w", "abc", 4],
    ["", "👩‍👩‍👧 é", 3],
    ["", "see https://example.org/a/very/long/path?with=things", 27],
    ["", "hello @bob@far.example", 10],
  ])("counts %s and %s as %i", (warning, text, expected) => {
    expect(length(warning, text)).toBe(expected);
  });
});

describe("moments", () => {
  const now = Date.parse("2026-03-10T12:00:00Z");
  it.each([
    ["2026-03-10T11:59:30Z", "30s"],
    ["2026-03-10T11:55:00Z", "5m"],
    ["2026-03-10T09:00:00Z", "3h"],
    ["2026-03-08T12:00:00Z", "2d"],
    ["2026-01-05T12:00:00Z", "Jan 5"],
    ["2024-01-05T12:00:00Z", "Jan 5, 2024"],
    ["2026-03-10T12:00:09Z", "0s"],
  ])("says of %s that it was %s", (iso, expected) => {
    expect(ago(iso, now)).toBe(expected);
  });

  it("says how long something lasts yet", () => {
    expect(left("2026-03-11T12:00:20Z", now)).toBe("in 1 day");
    expect(left("2026-03-10T12:00:20Z", now)).toBe("in 1 minute");
    expect(left("2026-03-10T11:00:00Z", now)).toBeNull();
  });
});
